import { ActionIcon, Button, Group, Stack, Text, Tooltip } from "@mantine/core";
import { useDocumentTitle, useMediaQuery } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { UnknownCreations } from "../create/UnknownCreation";
import type { ExpiringKind } from "../data/tenantFilters";
import { walkQuery } from "../data/tenants";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { TimeZoneNote } from "../display/TimeZoneNote";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useDialogs } from "../layout/dialogs";
import { useLanguage } from "../language/language";
import { ScreenTitle } from "../layout/ScreenTitle";
import { UnknownPaymentLinks } from "../payment/UnknownPaymentLinks";
import { useClient } from "../session/client";
import { ExportMenu } from "../spreadsheet/ExportMenu";
import { ColumnMenu, useChosenColumns } from "./ColumnMenu";
import { type ColumnId, exported, useTenantColumns } from "./columns";
import { NoTenants } from "./EmptyState";
import { FilterDrawer } from "./FilterDrawer";
import { Filters } from "./Filters";
import { Placeholder } from "./Placeholder";
import { Progress } from "./Progress";
import { SearchBox } from "./SearchBox";
import { SortSelect } from "./SortSelect";
import { TenantCards } from "./TenantCards";
import classes from "./TenantList.module.css";
import { TenantTable } from "./TenantTable";
import { useListState } from "./useListState";
import { useShownTenants } from "./useShownTenants";

/** The columns of what expires: what is filtered or sorted by is shown, even if it is not chosen. */
const expiryColumns: Record<ExpiringKind, ColumnId> = {
  package: "packageExpiry",
  domain: "domainExpiry",
  number: "numberExpiry",
};

const useWidth = (query: string) => useMediaQuery(query, undefined, { getInitialValueInEffect: false });

export function TenantList() {
  const { t } = useLanguage();
  const format = useFormat();
  const client = useClient();
  const queryClient = useQueryClient();
  const { opened, open } = useDialogs();
  const state = useListState();
  const { filters, view } = state;
  const columns = useTenantColumns();
  const [chosen, choose] = useChosenColumns();
  const { walk, shown, sortError } = useShownTenants(state, columns);
  const narrow = useWidth("(max-width: 47.99em)") ?? false;
  const hasRoomForFilters = useWidth("(min-width: 75em)");
  useDocumentTitle(`${t.list.title} – ${t.appName}`);

  const { data, error, isFetching, isPlaceholderData } = walk;
  const inUse = [filters.status, filters.package, filters.expires, filters.below].filter((v) => v !== undefined).length;
  const needed = [view.sort?.column, filters.expires && expiryColumns[filters.expires]];
  const visible = columns.filter(({ id }) => chosen.includes(id) || needed.includes(id));
  const count =
    data && inUse > 0
      ? t.list.countOf(format.number(shown.length), format.number(data.tenants.length))
      : t.list.count(format.number(shown.length));
  const filterFields = (
    <>
      <Filters tenants={data?.tenants ?? []} filters={filters} onChange={state.filter} />
      {inUse > 0 && (
        <Button variant="subtle" onClick={state.clearFilters}>
          {t.list.clearFilters}
        </Button>
      )}
    </>
  );
  return (
    <Stack className={classes.screen} gap="sm">
      <Group justify="space-between" align="flex-end">
        <ScreenTitle title={t.list.title} subtitle={t.list.subtitle} />
        <Button leftSection={<Icon name="plus" />} onClick={() => open("createTenant")}>
          {t.list.create}
        </Button>
      </Group>
      <UnknownPaymentLinks />
      {/* While the form is open, the form shows the creation. */}
      {opened !== "createTenant" && <UnknownCreations />}

      <Group gap="xs">
        <SearchBox keyword={view.keyword ?? ""} onSearch={state.search} />
        {hasRoomForFilters ? (
          filterFields
        ) : (
          <FilterDrawer inUse={inUse} resultLabel={t.list.showResults(format.number(shown.length))}>
            {filterFields}
            {narrow && <SortSelect columns={columns} sort={view.sort} onSort={state.sortBy} />}
          </FilterDrawer>
        )}
      </Group>

      {data && (
        <Group justify="space-between" gap="xs">
          <Group gap="md">
            {/* Announced when the rows are complete, not for every page. */}
            <Text size="sm" className="figures" role="status" aria-busy={isFetching}>
              {count}
            </Text>
            {!data.complete && !error && (
              <Progress
                walk={data}
                loading={isFetching}
                onStop={() => queryClient.cancelQueries(walkQuery(client, view.keyword))}
                onResume={walk.refetch}
              />
            )}
          </Group>
          <Group gap="xs">
            <Tooltip label={t.refresh}>
              <ActionIcon
                variant="default"
                size={36}
                aria-label={t.refresh}
                loading={isFetching && data.complete}
                onClick={() => walk.refetch()}
              >
                <Icon name="refresh" />
              </ActionIcon>
            </Tooltip>
            {!narrow && <ColumnMenu columns={columns} chosen={chosen} onChange={choose} />}
            <ExportMenu name={t.list.fileName} columns={visible.map((column) => exported(column, t))} rows={shown} />
          </Group>
        </Group>
      )}

      {error && <ErrorAlert error={error} onRetry={walk.refetch} />}
      {sortError && <ErrorAlert error={sortError} />}
      {data ? (
        shown.length === 0 && isPlaceholderData ? (
          <Placeholder narrow={narrow} />
        ) : shown.length === 0 && data.complete ? (
          <NoTenants keyword={view.keyword} hidden={data.tenants.length} onClearFilters={state.clearFilters} />
        ) : (
          <>
            <div className={classes.list} aria-busy={isPlaceholderData}>
              {narrow ? (
                <TenantCards path={state.path} tenants={shown} />
              ) : (
                <TenantTable
                  path={state.path}
                  tenants={shown}
                  columns={visible}
                  sort={view.sort}
                  onSort={state.sortBy}
                />
              )}
            </div>
            <TimeZoneNote />
          </>
        )
      ) : (
        !error && <Placeholder narrow={narrow} />
      )}
    </Stack>
  );
}

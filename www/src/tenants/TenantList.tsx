import {
  Button,
  CloseButton,
  Group,
  Pagination,
  Paper,
  Select,
  Stack,
  Text,
  TextInput,
  Title,
  VisuallyHidden,
} from "@mantine/core";
import { useDebouncedCallback, useDocumentTitle, useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { TenantPage } from "omicall-partner";
import { type ReactNode, useEffect, useState } from "react";
import { useClient } from "../session/client";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { TimeZoneNote } from "../display/TimeZoneNote";
import { useDialogs } from "../layout/dialogs";
import { type ListParams, listQuery } from "../data/tenants";
import { TenantCards, TenantCardsSkeleton } from "./TenantCards";
import { TenantTable, TenantTableSkeleton } from "./TenantTable";
import { UnknownCreations } from "../create/UnknownCreation";
import { UnknownTopUpLinks } from "../top-up/UnsettledTopUp";
import { pageSizes, useListParams } from "./useListParams";

export function TenantList() {
  const { t } = useLanguage();
  const client = useClient();
  const [params, setParams] = useListParams();
  const { opened, open } = useDialogs();
  const { data, error, isPlaceholderData, refetch } = useQuery(listQuery(client, params));
  const narrow = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  useDocumentTitle(`${t.list.title} – ${t.appName}`);

  const Skeleton = narrow ? TenantCardsSkeleton : TenantTableSkeleton;
  const Tenants = narrow ? TenantCards : TenantTable;
  return (
    <Stack>
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={1} size="h2">
            {t.list.title}
          </Title>
          <Text c="dimmed" size="sm">
            {t.list.subtitle}
          </Text>
        </div>
        <Button leftSection={<Icon name="plus" />} onClick={() => open("createTenant")}>
          {t.list.create}
        </Button>
      </Group>
      <UnknownTopUpLinks />
      {/* While the form is open, the form shows the creation. */}
      {opened !== "createTenant" && <UnknownCreations />}
      <SearchBox keyword={params.keyword} onSearch={(keyword) => setParams({ keyword }, { replace: true })} />

      {error && !data ? (
        <ErrorAlert error={error} onRetry={refetch} />
      ) : !data ? (
        <div role="status">
          <VisuallyHidden>{t.loading}</VisuallyHidden>
          <div aria-hidden="true">
            <Skeleton />
          </div>
        </div>
      ) : data.items.length === 0 ? (
        <NoTenants params={params} onFirstPage={() => setParams({})} />
      ) : (
        <>
          {error && <ErrorAlert error={error} onRetry={refetch} />}
          <div aria-busy={isPlaceholderData} style={{ opacity: isPlaceholderData ? 0.6 : 1 }}>
            <Tenants tenants={data.items} />
          </div>
          <TimeZoneNote />
          <Pager params={params} data={data} setParams={setParams} />
        </>
      )}
    </Stack>
  );
}

function SearchBox({ keyword, onSearch }: { keyword: string; onSearch: (keyword: string) => void }) {
  const { t } = useLanguage();
  const [text, setText] = useState(keyword);
  const search = useDebouncedCallback((typed: string) => onSearch(typed.trim()), 300);

  // The URL can change without typing: with the browser's back button, or the link in the header.
  useEffect(() => setText((typed) => (typed.trim() === keyword ? typed : keyword)), [keyword]);

  return (
    <TextInput
      type="search"
      aria-label={t.list.search}
      placeholder={t.list.search}
      leftSection={<Icon name="search" />}
      rightSection={
        text && (
          <CloseButton
            aria-label={t.list.clearSearch}
            onClick={() => {
              search.cancel();
              setText("");
              onSearch("");
            }}
          />
        )
      }
      maw={{ sm: 420 }}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        search(value);
      }}
    />
  );
}

function NoTenants({ params, onFirstPage }: { params: ListParams; onFirstPage: () => void }) {
  const { t } = useLanguage();
  if (params.page > 1) {
    return (
      <EmptyState title={t.list.noSuchPage}>
        <Button variant="default" onClick={onFirstPage}>
          {t.list.firstPage}
        </Button>
      </EmptyState>
    );
  }
  if (params.keyword) return <EmptyState title={t.list.noResults}>{t.list.noResultsHint(params.keyword)}</EmptyState>;
  return <EmptyState title={t.list.noneYet}>{t.list.noneYetHint}</EmptyState>;
}

function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder py={56} px="md" role="status">
      <Stack align="center" gap="xs" ta="center" className="breakable">
        <Text c="dimmed" component="span">
          <Icon name="search" size={36} />
        </Text>
        <Text fw={600}>{title}</Text>
        <Text c="dimmed" size="sm" component="div">
          {children}
        </Text>
      </Stack>
    </Paper>
  );
}

interface PagerProps {
  params: ListParams;
  data: TenantPage;
  setParams: (change: Partial<ListParams>) => void;
}

function Pager({ params: { page, size }, data, setParams }: PagerProps) {
  const { t } = useLanguage();
  const format = useFormat();
  const first = (page - 1) * size + 1;
  const last = first + data.items.length - 1;
  // The totals are documented, but optional.
  const pages = data.total_pages ?? (data.has_next ? page + 1 : page);
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="sm">
        <Select
          aria-label={t.list.pageSize}
          w={130}
          size="sm"
          allowDeselect={false}
          data={pageSizes.map((size) => ({ value: String(size), label: t.list.perPage(size) }))}
          value={String(size)}
          onChange={(value) => setParams({ size: Number(value) })}
        />
        <Text size="sm" c="dimmed" className="figures" role="status">
          {t.list.range(format.number(first), format.number(last), format.number(data.total_items))}
        </Text>
      </Group>
      <Pagination
        component="nav"
        aria-label={t.list.pages}
        size="sm"
        siblings={1}
        total={pages}
        value={page}
        onChange={(page) => {
          setParams({ page });
          window.scrollTo(0, 0);
        }}
        getItemProps={(page) => ({ "aria-label": t.list.page(format.number(page)) })}
        getControlProps={(control) => ({
          "aria-label": control === "next" || control === "last" ? t.list.nextPage : t.list.previousPage,
        })}
      />
    </Group>
  );
}

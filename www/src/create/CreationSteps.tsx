import { Button, Group, Loader, Progress, Stack, Text, Timeline } from "@mantine/core";
import type { ActivationProgress, CreateTenantParams } from "omicall-partner";
import { Link } from "wouter";
import { focusOnMount } from "../display/focusOnMount";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { lookUp } from "../display/lookUp";
import { ErrorAlert } from "../errors/ErrorAlert";
import type { UnknownWrite } from "../journal/model";
import { useLanguage } from "../language/language";
import { tenantPath } from "../tenant/tenantPath";
import { type ActivationState, useActivation } from "./activation";
import { CopyPassword } from "./CopyPassword";
import { LostCreation } from "./LostCreation";

interface Props {
  params: CreateTenantParams;
  /** The tenant, when it is known that it was created. */
  id: string | undefined;
  /** Set if there was no response. */
  lost: UnknownWrite<"creation"> | undefined;
  isSent: boolean;
  onFound: (id: string) => void;
  onBack: (creation: UnknownWrite<"creation">) => void;
  onClose: () => void;
}

/** The steps of a creation, from the request to the active tenant. */
export function CreationSteps({ params, id, lost, isSent, onFound, onBack, onClose }: Props) {
  const { t } = useLanguage();
  const activates = params.isAutoActive === true;
  const [activation, startWaiting, stopWaiting] = useActivation(activates ? id : undefined);
  const isActive = activation?.state === "active";
  const isWaiting = activation === undefined || activation.state === "waiting";
  const current = !isSent ? 0 : id === undefined || !activates ? 1 : isActive ? 3 : 2;
  const bullet = (step: number) => {
    if (step > current) return undefined;
    const isDone = step < current || isActive || (id !== undefined && !activates);
    const isUnclear = step === 1 ? lost !== undefined : !isWaiting;
    if (isDone || isUnclear) return <Icon name={isDone ? "check" : "info"} size={14} />;
    return <Loader size={14} color="white" />;
  };
  const colorOf = (step: number) => (step > current ? "dimmed" : "bright");
  return (
    <Stack {...focusOnMount}>
      <Timeline active={current} bulletSize={26} lineWidth={2} color={isActive ? "teal" : "indigo"} aria-live="polite">
        <Timeline.Item c={colorOf(0)} bullet={bullet(0)} title={isSent ? t.create.sent : t.create.sending} />
        <Timeline.Item
          c={colorOf(1)}
          bullet={bullet(1)}
          title={id === undefined ? !lost && t.create.creating : t.create.created(params.fullName)}
        >
          {id === undefined && lost && <LostCreation creation={lost} onFound={onFound} onBack={() => onBack(lost)} />}
          {id !== undefined && !activates && <Text size="sm">{t.create.notActivated}</Text>}
        </Timeline.Item>
        {activates && (
          <Timeline.Item
            c={colorOf(2)}
            bullet={bullet(2)}
            title={activation?.state === "waiting" ? t.create.waiting : t.create.activation}
          >
            {activation && <Activation activation={activation} onRetry={startWaiting} />}
          </Timeline.Item>
        )}
        {activates && (
          <Timeline.Item c={colorOf(3)} bullet={bullet(3)} title={isActive ? t.create.active : t.create.activeNext} />
        )}
      </Timeline>
      {id !== undefined && <Text size="sm">{t.create.passwordOnce}</Text>}
      {id !== undefined && (
        <Group justify="flex-end" gap="xs">
          <CopyPassword password={params.password} size="sm" />
          {activation?.state === "waiting" && (
            <Button variant="default" onClick={stopWaiting}>
              {t.create.stopWaiting}
            </Button>
          )}
          {activation?.state === "stopped" && (
            <Button variant="default" onClick={startWaiting}>
              {t.create.keepWaiting}
            </Button>
          )}
          {activation?.state !== "waiting" && (
            <Button component={Link} href={tenantPath(id)} onClick={onClose}>
              {t.create.open}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}

interface ActivationProps {
  activation: ActivationState;
  onRetry: () => void;
}

function Activation({ activation, onRetry }: ActivationProps) {
  const { t } = useLanguage();
  switch (activation.state) {
    case "waiting":
      return <Waiting {...activation} />;
    case "stopped":
      return <Text size="sm">{t.create.stopped}</Text>;
    case "failed":
      return <ErrorAlert error={activation.error} onRetry={onRetry} />;
    case "active":
      return null;
  }
}

function Waiting({ elapsedMs, status }: ActivationProgress) {
  const { t } = useLanguage();
  const format = useFormat();
  // The duration is unknown, usually 3 to 10 s: the bar starts fast and never reaches 100%.
  const percent = 8 + 88 * (1 - Math.exp(-elapsedMs / 5_000));
  return (
    <Stack gap={6} mt={6}>
      <Progress value={percent} size="lg" animated transitionDuration={600} aria-label={t.create.waiting} />
      {/* Changes all the time, so it is not announced. */}
      <Group justify="space-between" gap="xs" aria-live="off">
        <Text size="xs" c="dimmed">
          {status && t.create.statusNow(lookUp(t.tenant.statuses, status) ?? status)}
        </Text>
        <Text size="xs" c="dimmed" className="figures">
          {t.create.elapsed(format.number(Math.round(elapsedMs / 1_000)))}
        </Text>
      </Group>
      <Text size="xs" c="dimmed">
        {t.create.waitingHint}
      </Text>
    </Stack>
  );
}

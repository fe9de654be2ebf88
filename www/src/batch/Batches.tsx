import { Stack } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useLanguage } from "../language/language";
import { ScreenTitle } from "../layout/ScreenTitle";
import { BatchList } from "./BatchList";
import { BatchScreen } from "./BatchScreen";
import { useDraft } from "./draft";
import { DraftEditor } from "./DraftEditor";
import { Source } from "./Source";

/** The batches, or one of them. */
export function Batches({ id }: { id: string | undefined }) {
  const { t } = useLanguage();
  const [draft] = useDraft();
  useDocumentTitle(`${t.batch.title} – ${t.appName}`);
  if (id !== undefined) return <BatchScreen key={id} id={id} />;
  return (
    <Stack>
      <ScreenTitle title={t.batch.title} subtitle={t.batch.subtitle} />
      {draft ? (
        <DraftEditor draft={draft} />
      ) : (
        <>
          <Source />
          <BatchList />
        </>
      )}
    </Stack>
  );
}

import "@mantine/dropzone/styles.css";
import { Button, Group, Paper, SimpleGrid, Stack, Text, Textarea } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useLanguage } from "../language/language";
import { ExportMenu } from "../spreadsheet/ExportMenu";
import { maxRows, parseTable, ReadError, type ReadProblem, readTable } from "../spreadsheet/read";
import { fields } from "./columns";
import { newDraft, useDraft } from "./draft";

/** Where the table comes from: a file, or cells that the user pastes. */
export function Source() {
  const { t } = useLanguage();
  const format = useFormat();
  const [, setDraft] = useDraft();
  const [text, setText] = useState("");
  const read = useMutation({
    mutationFn: async (source: File | string) =>
      typeof source === "string"
        ? newDraft(t.batch.pasted, await parseTable(source))
        : newDraft(source.name.replace(/\.\w+$/, ""), await readTable(source)),
    onSuccess: setDraft,
  });
  const problemText = (problem: ReadProblem) =>
    problem === "tooLong" ? t.batch.tooLong(format.number(maxRows)) : t.batch.readProblems[problem];
  const { error } = read;
  const message = error instanceof ReadError ? new Error(problemText(error.problem)) : error;
  return (
    <Paper withBorder p="md">
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Dropzone
            onDrop={([file]) => file && read.mutate(file)}
            loading={read.isPending}
            multiple={false}
            aria-label={t.batch.chooseFile}
            inputProps={{ "aria-label": t.batch.file }}
            style={{ display: "flex", alignItems: "center", justifyContent: "center" }}
          >
            <Stack align="center" gap={6} ta="center">
              <Icon name="upload" size={32} />
              <Text fw={600}>{t.batch.chooseFile}</Text>
              <Text size="sm" c="dimmed">
                {t.batch.fileHint}
              </Text>
            </Stack>
          </Dropzone>
          <Stack gap="xs" align="flex-start">
            <Textarea
              label={t.batch.paste}
              description={t.batch.pasteHint}
              rows={6}
              w="100%"
              value={text}
              onChange={({ currentTarget: { value } }) => setText(value)}
              onPaste={(event) => {
                // A text field would take a minute to show thousands of rows.
                if (text !== "") return;
                event.preventDefault();
                read.mutate(event.clipboardData.getData("text/plain"));
              }}
              spellCheck={false}
              wrap="off"
            />
            <Button variant="default" disabled={text.trim() === ""} onClick={() => read.mutate(text)}>
              {t.batch.usePasted}
            </Button>
          </Stack>
        </SimpleGrid>
        {message && <ErrorAlert title={t.batch.readFailed} error={message} />}
        <Group gap="xs" justify="space-between">
          <Text size="sm" c="dimmed" flex="1 1 16rem">
            {t.batch.templateHint}
          </Text>
          <ExportMenu
            label={t.batch.template}
            name={t.batch.templateName}
            columns={fields.map((field) => ({ header: t.batch.fields[field], value: () => "" }))}
            rows={[{}]}
          />
        </Group>
      </Stack>
    </Paper>
  );
}

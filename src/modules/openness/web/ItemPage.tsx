import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { Attachments } from '../../../web/ui/Attachments.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice } from '../../../web/ui/states.tsx'
import { Timeline } from '../../../web/ui/Timeline.tsx'
import { periodText, AUDIENCES } from '../words.ts'
import { ItemFiles } from './ItemFiles.tsx'
import { ItemTag } from './ItemsTab.tsx'
import { QuestionTable } from './QuestionsTab.tsx'
import type { Item, ItemDetail } from './shapes.ts'

/** What the verbs are called at this desk. */
const NAMES: Readonly<Record<string, string>> = { 同意: '批准公开', 提交: '提交审批', 终止: '撤下', 否决: '不予公开' }
const nameOf = (verb: string, item: Item): string =>
  verb === '终止' && item.state !== 'published' ? '作废草稿' : (NAMES[verb] ?? verb)

/** One item: its text, its steps, the questions to it. */
export function ItemPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const item = useQuery({
    queryKey: ['openness', 'item', Number(id)],
    queryFn: () => get<ItemDetail>(`/api/openness/items/${id}`),
  })
  return <Loaded query={item}>{(found) => <Content found={found} />}</Loaded>
}

function Content({ found }: { found: ItemDetail }): ReactElement {
  const { item } = found
  const may = useMay()
  const queries = useQueryClient()
  const [verb, setVerb] = useState<string | null>(null)
  const hung = item.state === 'published' || item.state === 'ended'
  const draft = item.state === 'draft' || item.state === 'returned'
  return (
    <Page
      title={item.title}
      crumbs={[{ title: '公开工作', to: '/openness' }]}
      help={`${item.unitName} · ${item.kind} · ${item.category}`}
      actions={
        <>
          {draft && may('openness.write') && <LinkButton to={`/openness/items/${item.id}/edit`}>修改</LinkButton>}
          {hung && <LinkButton to={`/print/openness/${item.id}`}>打印张贴</LinkButton>}
          {found.verbs
            .filter(({ verb: offered, permission }) => offered === '撤回' || may(permission))
            .map(({ verb: offered }) => (
              <Button
                key={offered}
                type={offered === '同意' || offered === '提交' ? 'primary' : 'default'}
                danger={offered === '否决'}
                onClick={() => setVerb(offered)}
              >
                {nameOf(offered, item)}
              </Button>
            ))}
        </>
      }
    >
      {item.source && (
        <Notice>
          由<a href={`/${item.source}`}>相关业务</a>审批后公开，内容以那里为准。
        </Notice>
      )}
      <Card title="公开情况" aside={<ItemTag state={item.state} />}>
        <Facts
          items={[
            { label: '公开期间', value: `${item.fromOn} 至 ${item.untilOn}` },
            { label: '渠道', value: item.channel },
            { label: '范围', value: AUDIENCES[item.audience] },
            { label: '公示', value: item.publicity ? '是，征求异议' : '否' },
            { label: '对应目录期间', value: item.period ? periodText(item.period) : '不对应' },
            { label: '撤下', value: item.endedOn ?? '没有撤下' },
          ]}
        />
      </Card>
      <Card title="正文">
        <div style={{ whiteSpace: 'pre-line', maxWidth: '70ch' }}>{item.body}</div>
      </Card>
      {draft ? (
        <Card title="附件">
          <Attachments objectKind="openness-item" objectId={item.id} mayChange={may('openness.write')} />
        </Card>
      ) : (
        <ItemFiles id={item.id} />
      )}
      {hung && (
        <Card title={`意见（${found.questions.length}）`} flush>
          <QuestionTable rows={found.questions} />
        </Card>
      )}
      <Card title="办理过程">
        <Timeline acts={found.acts} />
      </Card>
      {verb && (
        <Move
          item={item}
          verb={verb}
          close={() => {
            setVerb(null)
            void queries.invalidateQueries({ queryKey: ['openness'] })
            void queries.invalidateQueries({ queryKey: ['todos'] })
          }}
        />
      )}
    </Page>
  )
}

function Move({ item, verb, close }: { item: Item; verb: string; close: () => void }): ReactElement {
  const [words, setWords] = useState('')
  const needed = verb === '退回' || verb === '否决' || verb === '终止'
  const name = nameOf(verb, item)
  return (
    <Dialog
      title={name}
      okText={name}
      danger={verb === '否决' || verb === '终止'}
      done={`已${name}。`}
      ready={!needed || words.trim().length > 0}
      close={close}
      work={() =>
        post(`/api/openness/items/${item.id}/acts`, {
          verb,
          expected: item.state,
          ...(words.trim() && { words: words.trim() }),
        })
      }
    >
      {(errors) => (
        <>
          {verb === '同意' && <p className="quiet">批准后立即在公开栏上显示，职工可以提出询问和异议。</p>}
          <LabelledField id="m-words" label={needed ? '理由' : '意见'} required={needed} error={errors['words']}>
            <Input.TextArea
              id="m-words"
              autoSize={{ minRows: 2 }}
              maxLength={500}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Input, Radio } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { OUTCOMES, QUESTION_KINDS, type QuestionKind } from '../words.ts'
import { ItemFiles } from './ItemFiles.tsx'
import type { BoardDetail } from './shapes.ts'

/** One item as it hangs, with what was asked and answered. */
export function BoardItemPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const queries = useQueryClient()
  const [asking, setAsking] = useState<QuestionKind | null>(null)
  const item = useQuery({
    queryKey: ['openness', 'board', Number(id)],
    queryFn: () => get<BoardDetail>(`/api/openness/board/${id}`),
  })
  return (
    <Loaded query={item}>
      {(found) => (
        <Page
          title={found.title}
          crumbs={[{ title: '公开栏', to: '/board' }]}
          help={`${found.unitName} · ${found.kind} · ${found.publishedOn} 至 ${found.untilOn}`}
          narrow
        >
          {found.publicity && found.open && (
            <Notice tone="warn">这是公示，到 {found.untilOn} 为止。有异议请在这以前提出，可以不记名。</Notice>
          )}
          {!found.open && <Notice>这一内容的公开期已过，只供查看。</Notice>}
          <Card>
            <div style={{ whiteSpace: 'pre-line', fontSize: '1.07rem' }}>{found.body}</div>
          </Card>
          <ItemFiles id={found.id} />
          {found.open && (
            <div className="row" style={{ margin: '4px 0 14px' }}>
              <Button size="large" onClick={() => setAsking('question')}>
                我要询问
              </Button>
              <Button size="large" onClick={() => setAsking('objection')}>
                提出异议
              </Button>
            </div>
          )}
          {found.questions.length > 0 && (
            <Card title="意见和答复">
              <ul className="stack" style={{ gap: 14, listStyle: 'none', padding: 0 }}>
                {found.questions.map((question) => (
                  <li key={question.id}>
                    <div className="row">
                      <StatusTag text={QUESTION_KINDS[question.kind]} />
                      {question.own && <StatusTag text="我提的" tone="info" />}
                      <span className="faint">{question.askedOn}</span>
                    </div>
                    <div>{question.words}</div>
                    {question.answer ? (
                      <blockquote className="quiet" style={{ margin: '6px 0 0', paddingLeft: 10 }}>
                        {question.outcome && `${OUTCOMES[question.outcome]}：`}
                        {question.answer}（{question.answeredOn}）
                      </blockquote>
                    ) : (
                      <p className="quiet">将在 {question.dueOn} 以前答复。</p>
                    )}
                  </li>
                ))}
              </ul>
            </Card>
          )}
          {asking && (
            <Ask
              item={found}
              kind={asking}
              close={() => {
                setAsking(null)
                void queries.invalidateQueries({ queryKey: ['openness'] })
              }}
            />
          )}
        </Page>
      )}
    </Loaded>
  )
}

function Ask({ item, kind, close }: { item: BoardDetail; kind: QuestionKind; close: () => void }): ReactElement {
  const [words, setWords] = useState('')
  const [named, setNamed] = useState(true)
  return (
    <Dialog
      title={kind === 'objection' ? '提出异议' : '我要询问'}
      okText="提交"
      done="已提交，会按期答复。"
      ready={words.trim().length > 0}
      close={close}
      work={() => post(`/api/openness/board/${item.id}/questions`, { kind, words: words.trim(), named })}
    >
      {(errors) => (
        <>
          <LabelledField id="q-words" label="内容" required error={errors['words']}>
            <Input.TextArea
              id="q-words"
              autoSize={{ minRows: 3 }}
              maxLength={2000}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="q-named" label="署名" required group>
            <Radio.Group
              value={named}
              onChange={(event) => setNamed(event.target.value as boolean)}
              options={[
                { value: true, label: '实名' },
                { value: false, label: '不记名' },
              ]}
            />
          </LabelledField>
          <p className="quiet">
            {named
              ? '经办人看得到您的姓名；公开栏上不显示。'
              : '系统不保存您的姓名和账号，没有人能联系您；答复会显示在这一页。'}
          </p>
        </>
      )}
    </Dialog>
  )
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { useAddress } from '../../../web/session.ts'
import { Attachments } from '../../../web/ui/Attachments.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag, timeText } from '../../../web/ui/values.tsx'
import { DISPOSITIONS } from '../words.ts'
import { Ask, optionsOf } from './Ask.tsx'
import './congress.css'
import type { Clause, ClauseChange, May, PaperDetail, Remark } from './shapes.ts'

interface Answer {
  paper: PaperDetail
  open: boolean
  may: May
}
type Asking = { kind: 'remark'; clause: Clause | null } | { kind: 'answer'; remark: Remark } | { kind: 'version' }

/** A paper clause by clause, with what was said to each and what became of it. */
export function Paper(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const paper = useQuery({
    queryKey: ['congress', 'paper', id],
    queryFn: () => get<Answer>(`/api/congress/papers/${id}`),
  })
  return <Loaded query={paper}>{(answer) => <Detail {...answer} />}</Loaded>
}

function Detail({ paper, open, may }: Answer): ReactElement {
  const [address, setAddress] = useAddress()
  const [asking, setAsking] = useState<Asking | null>(null)
  const queries = useQueryClient()
  const last = paper.versions.at(-1)!
  const version = paper.versions.find((one) => one.no === Number(address['version'])) ?? last
  const from = Number(address['from']) || 0
  const write = may.write && open
  const close = (): void => {
    setAsking(null)
    void queries.invalidateQueries({ queryKey: ['congress'] })
  }
  const options = paper.versions.map((one) => ({ value: one.no, label: `第 ${one.no} 稿　${one.note}` }))
  return (
    <Page
      title={paper.title}
      crumbs={[
        { title: '会议', to: may.read ? '/congress' : '/congress/mine' },
        {
          title: paper.sessionTitle,
          to: may.read ? `/congress/sessions/${paper.sessionId}?tab=papers` : `/congress/mine/${paper.sessionId}`,
        },
      ]}
      help={`第 ${version.no} 稿 · ${version.author} · ${timeText(version.createdAt)} · ${version.note}`}
      actions={
        <>
          {write && <Button onClick={() => setAsking({ kind: 'version' })}>改出新稿</Button>}
          {open && <Button onClick={() => setAsking({ kind: 'remark', clause: null })}>对全文提意见</Button>}
        </>
      }
    >
      <div className="toolbar">
        <Select
          aria-label="看哪一稿"
          value={version.no}
          options={options}
          onChange={(no: number) => setAddress({ version: no, from: null })}
          style={{ minWidth: 220 }}
        />
        <Select
          aria-label="与哪一稿对照"
          allowClear
          placeholder="与前面的稿对照"
          value={from || null}
          options={options.filter((one) => one.value < version.no)}
          onChange={(no: number | undefined) => setAddress({ from: no ?? null })}
          style={{ minWidth: 220 }}
        />
      </div>
      <Card title={from ? `第 ${from} 稿 → 第 ${version.no} 稿` : '正文'}>
        {from ? (
          <Compared id={paper.id} from={from} to={version.no} />
        ) : (
          version.clauses.map((clause) => (
            <div key={clause.key} className="clause">
              <p>{clause.text}</p>
              {open && (
                <button
                  type="button"
                  className="link"
                  aria-label={`对“${clause.text.slice(0, 12)}”提意见`}
                  onClick={() => setAsking({ kind: 'remark', clause })}
                >
                  提意见
                </button>
              )}
              {paper.remarks
                .filter((remark) => remark.clause === clause.key && remark.versionNo <= version.no)
                .map((remark) => (
                  <RemarkLine
                    key={remark.id}
                    remark={remark}
                    {...(write && { answer: () => setAsking({ kind: 'answer', remark }) })}
                  />
                ))}
            </div>
          ))
        )}
      </Card>
      <Card title="对全文的意见">
        {paper.remarks.every((remark) => remark.clause !== null) && <Empty title="没有对全文的意见" small />}
        {paper.remarks
          .filter((remark) => remark.clause === null)
          .map((remark) => (
            <RemarkLine
              key={remark.id}
              remark={remark}
              {...(write && { answer: () => setAsking({ kind: 'answer', remark }) })}
            />
          ))}
      </Card>
      <Card title="附件" flush>
        <Attachments objectKind="congress-paper" objectId={paper.id} mayChange={write} />
      </Card>
      {asking?.kind === 'remark' && (
        <Ask
          title="提意见"
          okText="提交"
          {...(asking.clause && { note: asking.clause.text })}
          questions={[{ id: 'words', label: '意见', kind: 'long', required: true }]}
          work={(values) =>
            post(`/api/congress/papers/${paper.id}/remarks`, {
              ...values,
              versionNo: version.no,
              clause: asking.clause?.key ?? null,
            })
          }
          done="意见已提交"
          close={close}
        />
      )}
      {asking?.kind === 'answer' && (
        <Ask
          title="答复意见"
          okText="答复"
          note={asking.remark.words}
          questions={[
            { id: 'disposition', label: '处理结果', kind: 'choice', required: true, options: optionsOf(DISPOSITIONS) },
            { id: 'answer', label: '答复', kind: 'long', required: true },
            {
              id: 'becameNo',
              label: '改在哪一稿',
              kind: 'choice',
              options: options.filter((one) => one.value > asking.remark.versionNo),
              help: '采纳的，先改出新稿再选',
              when: (values) => values['disposition'] !== 'declined',
            },
          ]}
          work={(values) => post(`/api/congress/remarks/${asking.remark.id}/answer`, values)}
          done="已答复"
          close={close}
        />
      )}
      {asking?.kind === 'version' && <NewVersion paper={paper} close={close} />}
    </Page>
  )
}

/** The editor keeps each clause's key by its place: a line that is changed stays the same clause. */
function NewVersion({ paper, close }: { paper: PaperDetail; close: () => void }): ReactElement {
  const last = paper.versions.at(-1)!
  const questions = last.clauses.map((clause, index) => ({
    id: clause.key,
    label: `第 ${index + 1} 段`,
    kind: 'long' as const,
    help: '清空即删去这一条',
  }))
  return (
    <Ask
      title={`在第 ${last.no} 稿上改出新稿`}
      okText="保存新稿"
      initial={Object.fromEntries(last.clauses.map((clause) => [clause.key, clause.text]))}
      questions={[
        { id: 'note', label: '修改说明', kind: 'text', required: true },
        ...questions,
        { id: 'more', label: '新增条款', kind: 'long', help: '每段一条，加在最后' },
      ]}
      work={({ note, more, ...texts }) =>
        post(`/api/congress/papers/${paper.id}/versions`, {
          after: last.no,
          note,
          clauses: [
            ...last.clauses.flatMap((clause) =>
              texts[clause.key] ? [{ key: clause.key, text: String(texts[clause.key]) }] : [],
            ),
            ...String(more ?? '')
              .split(/\n+/)
              .filter((text) => text.trim())
              .map((text) => ({ text })),
          ],
        })
      }
      done="新稿已保存"
      close={close}
    />
  )
}

function Compared({ id, from, to }: { id: number; from: number; to: number }): ReactElement {
  const query = useQuery({
    queryKey: ['congress', 'compare', id, from, to],
    queryFn: () => get<{ changes: ClauseChange[] }>(`/api/congress/papers/${id}/compare`, { from, to }),
  })
  return (
    <Loaded query={query}>
      {({ changes }) => (
        <>
          {changes.map((change) => (
            <div key={change.key} className="clause">
              <p>
                {change.kind !== 'same' && (
                  <StatusTag text={{ changed: '修改', added: '新增', removed: '删去' }[change.kind]} tone="info" />
                )}{' '}
                {change.pieces.map((piece, index) =>
                  // Pieces of one comparison never change their order.
                  piece.kind === 'added' ? (
                    <ins key={index}>{piece.text}</ins>
                  ) : piece.kind === 'removed' ? (
                    <del key={index}>{piece.text}</del>
                  ) : (
                    <span key={index}>{piece.text}</span>
                  ),
                )}
              </p>
              {change.remarks.map((remark) => (
                <RemarkLine key={remark.id} remark={remark} />
              ))}
            </div>
          ))}
        </>
      )}
    </Loaded>
  )
}

function RemarkLine({ remark, answer }: { remark: Remark; answer?: () => void }): ReactElement {
  return (
    <div className="clause-remark">
      <div>
        <b>{remark.author}</b>
        <span className="faint">
          {remark.delegation && `（${remark.delegation}）`} 对第 {remark.versionNo} 稿：
        </span>
        {remark.words}
      </div>
      {remark.disposition ? (
        <div className="quiet">
          <StatusTag
            text={DISPOSITIONS[remark.disposition]}
            tone={remark.disposition === 'declined' ? 'warn' : 'good'}
          />{' '}
          {remark.answer}
          {remark.after !== null && remark.after !== remark.before && (
            <span className="faint">
              　改后（第 {remark.becameNo} 稿）：{remark.after}
            </span>
          )}
        </div>
      ) : (
        answer && (
          <button type="button" className="link" onClick={answer}>
            答复
          </button>
        )
      )}
    </div>
  )
}

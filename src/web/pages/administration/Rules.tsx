import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../api.ts'
import { useAddress } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { LabelledField } from '../../ui/FieldInput.tsx'
import { Page } from '../../ui/Page.tsx'
import { matches } from '../../ui/pinyin.ts'
import { Empty, Loaded, Notice } from '../../ui/states.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { StatusTag } from '../../ui/values.tsx'
import { Calendar } from './Calendar.tsx'

interface Rule {
  id: string
  title: string
  text: string
  citation: string
  level: 'national' | 'local' | 'unit'
  region?: string
  strength: keyof typeof strengths
  effectiveStrength: keyof typeof strengths
  verification: 'text' | 'quotation' | 'memory'
  from: string
  to?: string
  confirmation: { documentNumber: string; officerName: string; at: string } | null
}

const strengths = { block: '不得办理', warn: '提醒', info: '参考', deadline: '期限' } as const
const tones = { block: 'bad', warn: 'warn', info: '', deadline: 'info' } as const
const levels = { national: '全国', local: '地方', unit: '本单位' } as const
const verifications = { text: '已核原文', quotation: '据引文', memory: '待核原文' } as const

/** The rule cards the house goes by, each with its source; and the holidays that deadlines are counted over. */
export function Rules(): ReactElement {
  return (
    <Page
      title="规则与节假日"
      help="系统提醒和期限的依据。只凭记忆录入、还没核对原文的规则，在有人核对确认之前只提醒、不拦住。"
    >
      <section className="card">
        <Tabs
          tabs={[
            { id: 'rules', title: '规则', render: () => <RuleTable /> },
            { id: 'calendar', title: '放假与调休', render: () => <Calendar /> },
          ]}
        />
      </section>
    </Page>
  )
}

function RuleTable(): ReactElement {
  const [address, setAddress] = useAddress()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Rule | null>(null)
  const rules = useQuery({
    queryKey: ['rules'],
    queryFn: () => get<{ rules: Rule[]; mayConfirm: boolean }>('/api/rules'),
  })
  const wanted = address['q'] ?? ''
  return (
    <Loaded query={rules}>
      {({ rules: all, mayConfirm }) => (
        <>
          <div className="toolbar">
            <input
              className="control"
              type="search"
              style={{ maxWidth: 320 }}
              aria-label="查找规则"
              placeholder="名称、内容或依据"
              value={wanted}
              onChange={(event) => setAddress({ q: event.target.value }, { replace: true })}
            />
          </div>
          <DataTable
            caption="规则"
            rows={all.filter(
              (rule) =>
                !wanted || matches(rule.title, wanted) || rule.text.includes(wanted) || rule.citation.includes(wanted),
            )}
            rowKey={(rule) => `${rule.id}${rule.from}`}
            {...(!wanted && { few: 20 })}
            columns={[
              {
                id: 'title',
                title: '规则',
                lead: true,
                wrap: true,
                render: (rule) => (
                  <span>
                    {rule.title}
                    <br />
                    <span className="quiet" style={{ fontWeight: 400 }}>
                      {rule.text}
                    </span>
                  </span>
                ),
              },
              { id: 'source', title: '依据', wrap: true, render: (rule) => rule.citation },
              { id: 'level', title: '层级', width: 80, render: (rule) => rule.region ?? levels[rule.level] },
              {
                id: 'strength',
                title: '效力',
                width: 90,
                render: (rule) => (
                  <StatusTag text={strengths[rule.effectiveStrength]} tone={tones[rule.effectiveStrength]} />
                ),
              },
              {
                id: 'verified',
                title: '核对',
                width: 170,
                render: (rule) =>
                  rule.confirmation
                    ? `${rule.confirmation.officerName} · ${rule.confirmation.documentNumber}`
                    : verifications[rule.verification],
              },
            ]}
            renderActions={(rule) =>
              mayConfirm &&
              rule.verification !== 'text' &&
              !rule.confirmation && (
                <button type="button" className="link" onClick={() => setAsking(rule)}>
                  核对确认
                </button>
              )
            }
            empty={<Empty title="没有符合的规则">换个词再找。</Empty>}
          />
          {asking && (
            <Confirm
              rule={asking}
              close={() => {
                setAsking(null)
                void queries.invalidateQueries({ queryKey: ['rules'] })
              }}
            />
          )}
        </>
      )}
    </Loaded>
  )
}

function Confirm({ rule, close }: { rule: Rule; close: () => void }): ReactElement {
  const [documentNumber, setNumber] = useState('')
  const [words, setWords] = useState('')
  return (
    <Dialog
      title={`核对确认：${rule.title}`}
      okText="已核对，确认"
      done="已确认，规则按原定效力执行。"
      ready={Boolean(documentNumber.trim())}
      close={close}
      work={() =>
        post(`/api/rules/${rule.id}/confirmation`, {
          documentNumber: documentNumber.trim(),
          ...(words.trim() && { words: words.trim() }),
        })
      }
    >
      {(errors) => (
        <>
          <p>{rule.text}</p>
          <Notice>{rule.citation}。请对照文件原文核对，确认人和文号会一直显示在规则旁边。</Notice>
          <LabelledField id="c-number" label="核对所依据的文件名称和文号" required error={errors['documentNumber']}>
            <Input
              id="c-number"
              maxLength={120}
              value={documentNumber}
              onChange={(event) => setNumber(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="c-words" label="说明" error={errors['words']}>
            <Input id="c-words" maxLength={400} value={words} onChange={(event) => setWords(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

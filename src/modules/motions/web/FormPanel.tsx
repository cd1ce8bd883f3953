import { Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { ChoiceField } from '../../../web/ui/ChoiceField.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { JUDGE_ROLES } from '../words.ts'
import type { Options } from './shapes.ts'

interface Judge {
  person: Named | null
  department: string
  role: (typeof JUDGE_ROLES)[number]
}

/** A panel that scores, or a choice of the best motions by the delegates of a session. */
export function FormPanel({ options, close }: { options: Options; close: () => void }): ReactElement {
  const { unitId, sessions } = options
  const [method, setMethod] = useState<'points' | 'ballot'>('points')
  const [sessionId, setSessionId] = useState<number | null>(sessions[0]?.id ?? null)
  const [purpose, setPurpose] = useState<'suggestion' | 'motion'>('suggestion')
  const [title, setTitle] = useState('合理化建议评审小组')
  const [documentNo, setDocumentNo] = useState('')
  const [formedOn, setFormedOn] = useState<string | null>(today())
  const [judges, setJudges] = useState<Judge[]>(
    Array.from({ length: 3 }, (_, at) => ({ person: null, department: '', role: at === 0 ? '组长' : '成员' })),
  )
  const set = (at: number, patch: Partial<Judge>): void =>
    setJudges(judges.map((judge, index) => (index === at ? { ...judge, ...patch } : judge)))
  return (
    <Dialog
      title="成立评审小组"
      okText="成立"
      done="已成立。"
      close={close}
      work={() =>
        post('/api/motion-panels', {
          method,
          unitId,
          purpose,
          title,
          documentNo: documentNo || null,
          formedOn,
          ...(method === 'ballot'
            ? { sessionId }
            : {
                judges: judges
                  .filter((judge) => judge.person)
                  .map((judge) => ({ personId: judge.person?.id, department: judge.department, role: judge.role })),
              }),
        })
      }
    >
      {(errors) => (
        <>
          <ChoiceField
            id="n-purpose"
            label="评什么"
            error={errors['purpose']}
            value={purpose}
            options={[
              { value: 'suggestion', label: '合理化建议' },
              { value: 'motion', label: '最佳、优秀提案和优秀组织单位' },
            ]}
            onChange={(next: 'suggestion' | 'motion') => {
              setPurpose(next)
              if (next === 'suggestion') setMethod('points')
            }}
          />
          {purpose === 'motion' && (
            <ChoiceField
              id="n-method"
              label="怎么评"
              error={errors['method']}
              help={sessions.length === 0 ? '由代表投票的，请先在“代表大会”里筹备会议' : undefined}
              value={method}
              options={[
                { value: 'points', label: '评审小组打分' },
                { value: 'ballot', label: '大会到会代表投票', disabled: sessions.length === 0 },
              ]}
              onChange={setMethod}
            />
          )}
          {method === 'ballot' && (
            <ChoiceField
              id="n-session"
              label="哪次大会"
              error={errors['sessionId']}
              value={sessionId}
              options={sessions.map((one) => ({ value: one.id, label: one.title }))}
              onChange={setSessionId}
            />
          )}
          <LabelledField
            id="n-title"
            label={method === 'ballot' ? '评选名称' : '小组名称'}
            required
            error={errors['title']}
          >
            <Input
              id="n-title"
              aria-label={method === 'ballot' ? '评选名称' : '小组名称'}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="n-paper" label="成立文件号" error={errors['documentNo']}>
            <Input
              id="n-paper"
              aria-label="成立文件号"
              value={documentNo}
              onChange={(event) => setDocumentNo(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="n-formed" label="成立日期" required error={errors['formedOn']}>
            <DateInput id="n-formed" label="成立日期" value={formedOn} onChange={setFormedOn} />
          </LabelledField>
          {method === 'points' && (
            <div className="field">
              <span className="label">成员（至少 3 名）</span>
              {judges.map((judge, at) => (
                // Rows have no identity before they are saved.
                // oxlint-disable-next-line react/no-array-index-key
                <div key={at} className="row" style={{ gap: 6, marginBottom: 6 }}>
                  <div style={{ flex: '1 1 120px' }}>
                    <PersonPicker
                      label={`成员${at + 1}`}
                      membersOnly
                      unitId={unitId}
                      value={judge.person}
                      onChange={(person) => set(at, { person })}
                    />
                  </div>
                  <Input
                    style={{ flex: '1 1 100px' }}
                    aria-label={`成员${at + 1}所在部门`}
                    placeholder="所在部门"
                    value={judge.department}
                    onChange={(event) => set(at, { department: event.target.value })}
                  />
                  <Select
                    aria-label={`成员${at + 1}职务`}
                    value={judge.role}
                    options={JUDGE_ROLES.map((value) => ({ value, label: value }))}
                    onChange={(role: Judge['role']) => set(at, { role })}
                  />
                </div>
              ))}
              <button
                type="button"
                className="link"
                onClick={() => setJudges([...judges, { person: null, department: '', role: '成员' }])}
              >
                再加一名
              </button>
              {errors['judges'] && <span className="field-error">{errors['judges']}</span>}
            </div>
          )}
        </>
      )}
    </Dialog>
  )
}

import { Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { ChoiceField } from '../../../web/ui/ChoiceField.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import type { Options } from './shapes.ts'

/** Opens a drive: for a session of the congress, or an activity for suggestions. */
export function AskCall({ options, close }: { options: Options; close: () => void }): ReactElement {
  const { unitId, sessions } = options
  const [sessionId, setSessionId] = useState<number | null>(sessions[0]?.id ?? null)
  const [kind, setKind] = useState<'motion' | 'suggestion'>('motion')
  const [session, setSession] = useState('')
  const [days, setDays] = useState<{ opensOn: string | null; closesOn: string | null; meetsOn: string | null }>({
    opensOn: today(),
    closesOn: null,
    meetsOn: null,
  })
  const [seconders, setSeconders] = useState('2')
  const [reply, setReply] = useState('30')
  const meeting = kind === 'motion' ? sessions.find((one) => one.id === sessionId) : undefined
  const dated = (
    name: keyof typeof days,
    label: string,
    errors: Readonly<Record<string, string>>,
    required = true,
  ): ReactElement => (
    <LabelledField id={`c-${name}`} label={label} required={required} error={errors[name]}>
      <DateInput
        id={`c-${name}`}
        label={label}
        value={days[name]}
        onChange={(value) => setDays({ ...days, [name]: value })}
      />
    </LabelledField>
  )
  return (
    <Dialog
      title="发起征集"
      okText="发起"
      done="已发起，职工现在可以提交。"
      close={close}
      work={() =>
        post('/api/motion-calls', {
          unitId,
          kind,
          ...(meeting ? { sessionId: meeting.id } : { session }),
          ...days,
          minSeconders: parseNumber('integer', seconders) ?? seconders,
          replyDays: parseNumber('integer', reply) ?? reply,
        })
      }
    >
      {(errors) => (
        <>
          <ChoiceField
            id="c-kind"
            label="征集什么"
            error={errors['kind']}
            value={kind}
            options={[
              { value: 'motion', label: '提案（大会前）' },
              { value: 'suggestion', label: '合理化建议' },
            ]}
            onChange={setKind}
          />
          {kind === 'motion' && sessions.length > 0 && (
            <LabelledField
              id="c-meeting"
              label="为哪次大会征集"
              required
              error={errors['sessionId']}
              help={meeting && `${meeting.startsOn} 开幕；会期改动时随之改动`}
            >
              <Select
                id="c-meeting"
                aria-label="为哪次大会征集"
                value={sessionId ?? 0}
                options={[
                  ...sessions.map((one) => ({ value: one.id, label: one.title })),
                  { value: 0, label: '系统里没有的会议' },
                ]}
                onChange={(next: number) => setSessionId(next || null)}
              />
            </LabelledField>
          )}
          {!meeting && (
            <LabelledField
              id="c-session"
              label={kind === 'motion' ? '届次' : '活动名称'}
              required
              error={errors['session']}
            >
              <Input
                id="c-session"
                aria-label={kind === 'motion' ? '届次' : '活动名称'}
                placeholder={kind === 'motion' ? '例如 六届三次' : '例如 我为目标献良策'}
                value={session}
                onChange={(event) => setSession(event.target.value)}
              />
            </LabelledField>
          )}
          {dated('opensOn', '开始日期', errors)}
          {dated('closesOn', '截止日期', errors)}
          {kind === 'motion' && (
            <>
              {!meeting && dated('meetsOn', '大会开幕日期', errors, false)}
              <LabelledField id="c-seconders" label="附议人不少于（名）" required error={errors['minSeconders']}>
                <Input
                  id="c-seconders"
                  inputMode="numeric"
                  value={seconders}
                  onChange={(event) => setSeconders(event.target.value)}
                />
              </LabelledField>
              <LabelledField id="c-reply" label="交办后多少个工作日内答复" required error={errors['replyDays']}>
                <Input
                  id="c-reply"
                  inputMode="numeric"
                  value={reply}
                  onChange={(event) => setReply(event.target.value)}
                />
              </LabelledField>
            </>
          )}
        </>
      )}
    </Dialog>
  )
}

import { AutoComplete, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { TAGS } from '../../../modules/members/words.ts'
import { post, put } from '../../api.ts'
import { today } from '../../session.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../ui/FieldInput.tsx'
import { UnitPicker } from '../../ui/UnitPicker.tsx'
import { personBody, PersonFields, type PersonDraft } from './PersonFields.tsx'
import type { PersonDetail } from './shapes.ts'

interface Given {
  person: PersonDetail
  close: () => void
}

export function EditPerson({ person, close }: Given): ReactElement {
  const [draft, setDraft] = useState<PersonDraft>({
    name: person.name,
    gender: person.gender ?? '',
    bornOn: person.bornOn ?? '',
    staffNo: person.staffNo ?? '',
    employment: person.employment ?? '',
    idNo: '',
    phone: '',
    bank: '',
  })
  return (
    <Dialog
      title={`修改 ${person.name} 的资料`}
      okText="保存"
      done="已保存。"
      ready={Boolean(draft.name.trim())}
      close={close}
      work={() => put(`/api/members/${person.id}`, { version: person.version, ...personBody(draft) })}
    >
      {(errors) => (
        <PersonFields
          value={draft}
          onChange={setDraft}
          errors={errors}
          kept={{ idNo: person.idLast4, phone: person.phoneLast4, bank: person.bankLast4 }}
        />
      )}
    </Dialog>
  )
}

export function GiveTag({ person, close }: Given): ReactElement {
  const [tag, setTag] = useState('')
  const [since, setSince] = useState<string | null>(today())
  const [evidence, setEvidence] = useState('')
  return (
    <Dialog
      title={`给 ${person.name} 加标签`}
      okText="加上"
      done="标签已加上。"
      ready={Boolean(tag.trim() && since)}
      close={close}
      work={() => post(`/api/members/${person.id}/tags`, { tag: tag.trim(), since, evidence: evidence.trim() || null })}
    >
      {(errors) => (
        <>
          <LabelledField id="t-tag" label="标签" required error={errors['tag']}>
            <AutoComplete
              id="t-tag"
              aria-label="标签"
              value={tag}
              options={TAGS.map((value) => ({ value }))}
              showSearch={{ filterOption: (input, option) => (option?.value ?? '').includes(input) }}
              onChange={setTag}
            />
          </LabelledField>
          <LabelledField id="t-since" label="自哪一天" required error={errors['since']}>
            <DateInput id="t-since" label="自哪一天" value={since} onChange={setSince} />
          </LabelledField>
          <LabelledField
            id="t-evidence"
            label="依据"
            error={errors['evidence']}
            help="例如 县政府表彰决定文号、困难职工档案编号"
          >
            <Input
              id="t-evidence"
              maxLength={500}
              value={evidence}
              onChange={(event) => setEvidence(event.target.value)}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

export function EndTag({ person, tag, close }: Given & { tag: string }): ReactElement {
  const [until, setUntil] = useState<string | null>(today())
  return (
    <Dialog
      title={`终止标签“${tag}”`}
      okText="终止"
      done="标签已终止，以前的统计不变。"
      ready={Boolean(until)}
      close={close}
      work={() => post(`/api/members/${person.id}/tags/${encodeURIComponent(tag)}/end`, { until })}
    >
      {(errors) => (
        <LabelledField id="t-until" label="到哪一天" required error={errors['until']}>
          <DateInput id="t-until" label="到哪一天" value={until} onChange={setUntil} />
        </LabelledField>
      )}
    </Dialog>
  )
}

function DayAndWords({
  label,
  onDate,
  setOnDate,
  words,
  setWords,
  errors,
}: {
  label: string
  onDate: string | null
  setOnDate: (day: string | null) => void
  words: string
  setWords: (words: string) => void
  errors: Readonly<Record<string, string>>
}): ReactElement {
  return (
    <>
      <LabelledField id="on-date" label={label} required error={errors['onDate']}>
        <DateInput id="on-date" label={label} value={onDate} onChange={setOnDate} />
      </LabelledField>
      <LabelledField id="words" label="理由" required error={errors['words']}>
        <Input.TextArea
          id="words"
          autoSize={{ minRows: 2 }}
          maxLength={1000}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </LabelledField>
    </>
  )
}

const ways = { leave: '退会', retire: '退休离会', death: '去世', expelled: '除名' } as const

export function LeaveUnion({ person, close }: Given): ReactElement {
  const [kind, setKind] = useState<keyof typeof ways>('leave')
  const [onDate, setOnDate] = useState<string | null>(today())
  const [words, setWords] = useState('')
  return (
    <Dialog
      title={`${person.name}离会`}
      okText="办理离会"
      danger
      done="已办理离会，会籍史料保留。"
      ready={Boolean(onDate && words.trim())}
      close={close}
      work={() => post(`/api/members/${person.id}/leave`, { kind, onDate, words: words.trim() })}
    >
      {(errors) => (
        <>
          <LabelledField id="l-kind" label="方式" required error={errors['kind']}>
            <Select
              id="l-kind"
              aria-label="方式"
              value={kind}
              options={(Object.keys(ways) as (keyof typeof ways)[]).map((value) => ({ value, label: ways[value] }))}
              onChange={setKind}
            />
          </LabelledField>
          <DayAndWords label="离会日期" {...{ onDate, setOnDate, words, setWords, errors }} />
        </>
      )}
    </Dialog>
  )
}

export function ChangeState({ person, to, close }: Given & { to: 'normal' | 'retained' }): ReactElement {
  const [onDate, setOnDate] = useState<string | null>(today())
  const [words, setWords] = useState('')
  return (
    <Dialog
      title={to === 'retained' ? `保留 ${person.name} 的会籍` : `恢复 ${person.name} 的会籍`}
      okText={to === 'retained' ? '保留会籍' : '恢复会籍'}
      done="已办理。"
      ready={Boolean(onDate && words.trim())}
      close={close}
      work={() => post(`/api/members/${person.id}/state`, { state: to, onDate, words: words.trim() })}
    >
      {(errors) => (
        <>
          {to === 'retained' && <p className="quiet">失业、离岗等停止工作期间保留会籍、免交会费；仍计入会员人数。</p>}
          <DayAndWords label="自哪一天" {...{ onDate, setOnDate, words, setWords, errors }} />
        </>
      )}
    </Dialog>
  )
}

export function Transfer({ person, close }: Given): ReactElement {
  const [unit, setUnit] = useState<{ id: number; name: string } | null>(null)
  const [effectiveOn, setEffectiveOn] = useState<string | null>(today())
  const [words, setWords] = useState('')
  return (
    <Dialog
      title={`${person.name}转会`}
      okText="提出转会"
      done="已提出，等两边单位同意。"
      ready={Boolean(unit && effectiveOn && words.trim())}
      close={close}
      work={() =>
        post('/api/members/transfers', { personId: person.id, toUnitId: unit?.id, effectiveOn, reason: words.trim() })
      }
    >
      {(errors) => (
        <>
          <p className="quiet">转出、转入两边都同意后生效；以前的记录和数字留在原单位。</p>
          <LabelledField id="x-unit" label="转到哪个单位" required error={errors['toUnitId']}>
            <UnitPicker id="x-unit" label="转到哪个单位" value={unit} onChange={setUnit} />
          </LabelledField>
          <LabelledField id="x-on" label="生效日期" required error={errors['effectiveOn']}>
            <DateInput id="x-on" label="生效日期" value={effectiveOn} onChange={setEffectiveOn} />
          </LabelledField>
          <LabelledField id="x-words" label="理由" required error={errors['reason']}>
            <Input id="x-words" value={words} maxLength={1000} onChange={(event) => setWords(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

const fieldTitles = { idNo: '证件号码', phone: '手机', bank: '银行卡号' } as const

/** One number at a time, for a reason, and the look is logged. */
export function Reveal({ person, field, close }: Given & { field: keyof typeof fieldTitles }): ReactElement {
  const [reason, setReason] = useState('')
  const [shown, setShown] = useState<string | null>(null)
  if (shown !== null)
    return (
      <Dialog
        title={`${person.name}的${fieldTitles[field]}`}
        okText="看完了"
        close={close}
        work={() => Promise.resolve()}
      >
        {() => <p style={{ fontSize: '1.5rem', letterSpacing: '0.06em' }}>{shown}</p>}
      </Dialog>
    )
  return (
    <Dialog
      key="ask"
      title={`查看${person.name}的${fieldTitles[field]}`}
      okText="查看"
      ready={reason.trim().length > 1}
      stay
      close={close}
      work={async () => {
        const answer = await post<{ value: string | null }>('/api/reveal', {
          personId: person.id,
          field,
          reason: reason.trim(),
        })
        setShown(answer.value ?? '没有登记')
      }}
    >
      {(errors) => (
        <>
          <p>查看原文会记入操作日志，本人可以查询。</p>
          <LabelledField id="v-reason" label="原因" required error={errors['reason']}>
            <Input
              id="v-reason"
              maxLength={200}
              placeholder="例如 办理医疗互助理赔"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

import type { ReactElement } from 'react'
import { post, put } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { CATEGORIES, PANELS } from '../words.ts'
import { Ask, optionsOf, type Question } from './Ask.tsx'
import { ImportDelegates } from './ImportDelegates.tsx'
import type { Delegate, Panel, TermDetail } from './shapes.ts'

/** What is asked about a term. */
export type AskingOfTerm =
  | { kind: 'units' }
  | { kind: 'elect' }
  | { kind: 'end'; delegate: Delegate }
  | { kind: 'replace'; delegate: Delegate }
  | { kind: 'panel'; panel: Panel | null }
  | { kind: 'import' }

/** The short forms of a term: units, seats, replacements, panels, import. */
export function TermDialog({
  asking,
  detail,
  close,
}: {
  asking: AskingOfTerm
  detail: TermDetail
  close: () => void
}): ReactElement {
  const { term, constituencies, delegates } = detail
  const about: Question[] = [
    { id: 'category', label: '人员类别', kind: 'choice', required: true, options: optionsOf(CATEGORIES) },
    { id: 'votes', label: '得票数', kind: 'number' },
    { id: 'dispatched', label: '劳务派遣工', kind: 'check' },
  ]
  const person: Question = { id: 'personId', label: '当选人', kind: 'person', required: true }
  const ending: Question[] = [
    { id: 'toOn', label: '终止日期', kind: 'date', required: true },
    { id: 'reason', label: '原因', kind: 'text', required: true, help: '如调离选举单位、劳动合同终止、退休、被罢免' },
  ]
  if (asking.kind === 'import') return <ImportDelegates unitId={term.unitId} close={close} />
  if (asking.kind === 'units')
    return (
      <Ask
        title="划定选举单位"
        okText="保存"
        note={`名额共 ${term.seats} 个。每行一个选举单位：名称 人数 名额；名额都不写时，按人数分配（先取整，余数大的优先，每单位至少一名）。`}
        initial={{ lines: constituencies.map((one) => `${one.name} ${one.people} ${one.seats}`).join('\n') }}
        questions={[
          { id: 'lines', label: '选举单位', kind: 'long', required: true, help: '可以从表格里复制两三列粘贴' },
        ]}
        work={({ lines }) =>
          put(`/api/congress/terms/${term.id}/constituencies`, {
            constituencies: String(lines)
              .split('\n')
              .map((line) => line.trim().split(/[\s,，]+/))
              .filter((parts) => parts[0])
              .map(([name, people, seats]) => ({
                name,
                people: Number(people),
                ...(seats && { seats: Number(seats) }),
              })),
          })
        }
        done="已保存"
        close={close}
      />
    )
  if (asking.kind === 'elect')
    return (
      <Ask
        title="登记当选代表"
        okText="登记"
        unitId={term.unitId}
        initial={{ electedOn: today() }}
        questions={[
          {
            id: 'constituencyId',
            label: '选举单位',
            kind: 'choice',
            required: true,
            options: constituencies.map((one) => ({
              value: one.id,
              label: `${one.name}（${one.seated}/${one.seats}）`,
            })),
          },
          person,
          { id: 'electedOn', label: '当选日期', kind: 'date', required: true },
          ...about,
        ]}
        work={({ electedOn, ...delegate }) =>
          post(`/api/congress/terms/${term.id}/delegates`, { electedOn, delegates: [delegate] })
        }
        done="已登记"
        close={close}
      />
    )
  if (asking.kind === 'end')
    return (
      <Ask
        title={`终止${asking.delegate.name}的代表资格`}
        okText="终止"
        danger
        initial={{ toOn: today() }}
        questions={ending}
        work={(values) => post(`/api/congress/delegates/${asking.delegate.id}/end`, values)}
        done="已终止"
        close={close}
      />
    )
  if (asking.kind === 'replace')
    return (
      <Ask
        title={`替换${asking.delegate.name}`}
        okText="替换"
        unitId={term.unitId}
        note={`由原选举单位“${asking.delegate.constituency}”补选。`}
        initial={{ toOn: today() }}
        questions={[...ending, person, ...about]}
        work={({ toOn, reason, ...successor }) =>
          post(`/api/congress/delegates/${asking.delegate.id}/replace`, { toOn, reason, successor })
        }
        done="已替换"
        close={close}
      />
    )
  const panel = asking.panel
  const seats = delegates
    .filter((one) => !one.toOn)
    .map((one) => ({ value: one.id, label: `${one.name}（${one.constituency}）` }))
  return (
    <Ask
      title={panel ? `修改${panel.name}` : '建立代表团、小组或主席团'}
      okText="保存"
      initial={
        panel
          ? {
              kind: panel.kind,
              name: panel.name,
              delegateIds: panel.members.map((one) => one.delegateId),
              headId: panel.members.find((one) => one.head)?.delegateId,
            }
          : { kind: 'delegation' }
      }
      questions={[
        { id: 'kind', label: '种类', kind: 'choice', required: true, options: optionsOf(PANELS) },
        { id: 'name', label: '名称', kind: 'text', required: true },
        { id: 'delegateIds', label: '成员', kind: 'many', required: true, options: seats },
        { id: 'headId', label: '负责人', kind: 'choice', options: seats },
      ]}
      work={(values) =>
        panel
          ? put(`/api/congress/terms/${term.id}/panels/${panel.id}`, values)
          : post(`/api/congress/terms/${term.id}/panels`, values)
      }
      done="已保存"
      close={close}
    />
  )
}

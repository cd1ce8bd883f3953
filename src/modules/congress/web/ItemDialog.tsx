import type { ReactElement } from 'react'
import { post, put } from '../../../web/api.ts'
import { AGREEMENTS, DUTIES, PAPER_KINDS } from '../words.ts'
import { Ask, optionsOf } from './Ask.tsx'
import type { ItemRow, SessionDetail } from './shapes.ts'

/** An item of the agenda: what the congress does with it, and a joint meeting's decision that it confirms. */
export function ItemDialog({
  item,
  detail,
  close,
}: {
  item: ItemRow | null
  detail: SessionDetail
  close: () => void
}): ReactElement {
  const at = `/api/congress/sessions/${detail.session.id}`
  return (
    <Ask
      title={item ? '修改议题' : '添加议题'}
      okText="保存"
      initial={
        item
          ? {
              ...item,
              agreement: item.agreement ?? undefined,
              confirmsId: item.confirmsId ?? undefined,
              heldAt: item.heldAt ?? undefined,
              candidateIds: item.candidates.map((one) => ({ id: one.personId, name: one.name })),
            }
          : { category: '其他' }
      }
      questions={[
        { id: 'title', label: '议题', kind: 'text', required: true },
        { id: 'duty', label: '大会职权', kind: 'choice', required: true, options: optionsOf(DUTIES) },
        {
          id: 'category',
          label: '类别',
          kind: 'choice',
          required: true,
          options: PAPER_KINDS.map((value) => ({ value, label: value })),
        },
        {
          id: 'agreement',
          label: '集体合同种类',
          kind: 'choice',
          options: optionsOf(AGREEMENTS),
          help: '只有集体合同、工资协议草案需要选',
          when: (values) => values['duty'] === 'pass',
        },
        ...(detail.confirmable.length
          ? [
              {
                id: 'confirmsId',
                label: '提请确认的联席会议决定',
                kind: 'choice' as const,
                options: detail.confirmable.map((one) => ({ value: one.itemId, label: one.title })),
                help: '联席会议在闭会期间作出的决定，须经下一次大会确认',
                when: (values: Record<string, unknown>) => values['duty'] === 'pass',
              },
            ]
          : []),
        { id: 'reporter', label: '报告人', kind: 'text' },
        { id: 'important', label: '涉及职工切身利益的重要事项（无记名、分项表决）', kind: 'check' },
        ...(['elect', 'appraise'] as const).flatMap((duty) =>
          detail.heldElsewhere[duty].length
            ? [
                {
                  id: 'heldAt',
                  label: duty === 'elect' ? '在哪次选举里办理' : '在哪次评议里办理',
                  kind: 'choice' as const,
                  options: detail.heldElsewhere[duty].map((one) => ({ value: one.path, label: one.title })),
                  help: '选定的，名单、发票、计票都在那里办理，办完后票数和结果写进纪要；不选的在这里用纸质票',
                  when: (values: Record<string, unknown>) => values['duty'] === duty,
                },
              ]
            : [],
        ),
        {
          id: 'seats',
          label: '应选人数',
          kind: 'number',
          required: true,
          when: (values) => values['duty'] === 'elect' && !values['heldAt'],
        },
        {
          id: 'candidateIds',
          label: '候选人（被评议人）',
          kind: 'people',
          required: true,
          help: '名单按姓氏笔画排列',
          when: (values) => (values['duty'] === 'elect' || values['duty'] === 'appraise') && !values['heldAt'],
        },
      ]}
      work={(values) => {
        const sent = { ...values, candidateIds: values['candidateIds'] ?? [], seats: values['seats'] ?? null }
        return item ? put(`${at}/items/${item.id}`, sent) : post(`${at}/items`, sent)
      }}
      done="已保存"
      close={close}
    />
  )
}

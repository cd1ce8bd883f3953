import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../../web/api.ts'
import { Dialog } from '../../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../../web/ui/FieldInput.tsx'
import { Loaded } from '../../../../web/ui/states.tsx'
import type { Hand } from '../../spending-contract.ts'
import type { RequestDetail } from './shapes.ts'

const WORDS = {
  转办: { done: '已转办。', help: '转给他以后，由他办理这一步，您不再办理。' },
  加签: { done: '已请他会签。', help: '他会签以后，您再审批。' },
} as const

/** Gives an approval to somebody else, or asks one more person to sign before it. */
export function HandDialog({
  request,
  verb,
  close,
}: {
  request: RequestDetail
  verb: '转办' | '加签'
  close: () => void
}): ReactElement {
  const queries = useQueryClient()
  const [to, setTo] = useState<number | null>(null)
  const [words, setWords] = useState('')
  const hands = useQuery({
    queryKey: ['funds-request', String(request.id), 'hands', verb],
    queryFn: () => get<{ hands: Hand[] }>(`/api/funds/spending/${request.id}/hands`, { verb }),
  })
  return (
    <Dialog
      title={`${verb}：${request.purpose}`}
      okText={`确认${verb}`}
      ready={to !== null}
      done={WORDS[verb].done}
      work={async () => {
        await post(`/api/funds/spending/${request.id}/acts`, {
          verb,
          toAccountId: to,
          expected: request.state,
          ...(words.trim() && { words: words.trim() }),
        })
        for (const key of ['funds-request', 'todos']) await queries.invalidateQueries({ queryKey: [key] })
      }}
      close={close}
    >
      {(faults) => (
        <Loaded query={hands}>
          {({ hands: all }) =>
            all.length ? (
              <>
                <LabelledField
                  id="hand-to"
                  label={verb === '转办' ? '转给谁' : '请谁会签'}
                  required
                  error={faults['toAccountId']}
                  help={WORDS[verb].help}
                >
                  <Select
                    id="hand-to"
                    aria-label={verb === '转办' ? '转给谁' : '请谁会签'}
                    showSearch={{ optionFilterProp: 'label' }}
                    placeholder="请选择"
                    value={to}
                    options={all.map((one) => ({ value: one.accountId, label: `${one.name}（${one.title}）` }))}
                    onChange={setTo}
                  />
                </LabelledField>
                <LabelledField id="hand-words" label="说明" error={faults['words']} whole>
                  <Input.TextArea
                    id="hand-words"
                    rows={2}
                    maxLength={500}
                    value={words}
                    onChange={(event) => setWords(event.target.value)}
                  />
                </LabelledField>
              </>
            ) : (
              <p>本会没有别的人可以{verb === '转办' ? '办理这一步' : '会签'}。请先在“职务与授权”里任职或授权。</p>
            )
          }
        </Loaded>
      )}
    </Dialog>
  )
}

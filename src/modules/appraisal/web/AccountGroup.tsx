import { Input, Radio } from 'antd'
import { useState, type ReactElement } from 'react'
import { post, put } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import type { Group, Round } from './shapes.ts'

/** What is done about a group that rates with accounts: its raters and scrutineers before, the end of returns afterwards. */
export function AccountGroup({
  round,
  group,
  refresh,
}: {
  round: Pick<Round, 'id' | 'state'>
  group: Group
  refresh: () => void
}): ReactElement | null {
  const [asking, setAsking] = useState(false)
  const address = `/api/appraisal/rounds/${round.id}`
  if (round.state !== 'setup' && round.state !== 'open') return null
  return (
    <>
      <button type="button" className="link" onClick={() => setAsking(true)}>
        {round.state === 'setup' ? '确定评议人和监票人' : '停止收电子表'}
      </button>
      {asking && round.state === 'setup' && (
        <Raters address={`${address}/raters/${group.id}`} refresh={refresh} close={() => setAsking(false)} />
      )}
      {asking && round.state === 'open' && (
        <Dialog
          title="停止收电子表"
          okText="停止收表"
          danger
          done="已停止收表，请监票人在“我的监票”里输入开箱密钥。"
          close={() => setAsking(false)}
          work={() => post(`${address}/close-boxes`).then(refresh)}
        >
          {() => <p>停止后不能再领、再交。两名监票人输入开箱密钥以后，再按“结束评议”计票。</p>}
        </Dialog>
      )}
    </>
  )
}

function Raters({
  address,
  refresh,
  close,
}: {
  address: string
  refresh: () => void
  close: () => void
}): ReactElement {
  const [scrutineers, setScrutineers] = useState<Named[]>([])
  const [venue, setVenue] = useState<'hall' | 'remote'>('hall')
  const [document, setDocument] = useState('')
  return (
    <Dialog
      title="确定评议人和监票人"
      okText="确定"
      done="已确定。请监票人先在“我的监票”里生成密钥，再开始评议。"
      ready={scrutineers.length >= 3 && (venue === 'hall' || document.trim() !== '')}
      close={close}
      work={() =>
        put(address, {
          scrutineers: scrutineers.map(({ id }) => id),
          venue,
          ...(venue === 'remote' && { document: document.trim() }),
        }).then(refresh)
      }
    >
      {(errors) => (
        <>
          <p>
            评议人为本单位和下属单位的全体在册会员，各人用本人账号在“我的投票”里领票、交表，每个评议对象一张，互不关联。
          </p>
          <LabelledField
            id="scrutineer"
            label="监票人（至少 3 名）"
            required
            help="票箱要两名监票人的密钥才能打开；评议对象不能担任。"
            error={errors['scrutineers']}
          >
            <PersonPicker
              id="scrutineer"
              label="监票人"
              membersOnly
              value={null}
              onChange={(person) =>
                person && !scrutineers.some((one) => one.id === person.id) && setScrutineers([...scrutineers, person])
              }
            />
          </LabelledField>
          <div className="row">
            {scrutineers.map((person) => (
              <button
                key={person.id}
                type="button"
                className="link"
                aria-label={`去掉${person.name}`}
                onClick={() => setScrutineers(scrutineers.filter((one) => one.id !== person.id))}
              >
                {person.name} ×
              </button>
            ))}
          </div>
          <LabelledField id="venue" label="在哪里评议" required>
            <Radio.Group id="venue" value={venue} onChange={(event) => setVenue(event.target.value)}>
              <Radio value="hall">会场（凭大屏幕上的会场码领票）</Radio>
              <Radio value="remote">不限地点</Radio>
            </Radio.Group>
          </LabelledField>
          {venue === 'remote' && (
            <LabelledField
              id="document"
              label="依据文号"
              required
              help="允许不到会场评议的文件，由您具名确认。"
              error={errors['document']}
            >
              <Input id="document" value={document} onChange={(event) => setDocument(event.target.value)} />
            </LabelledField>
          )}
        </>
      )}
    </Dialog>
  )
}

import { Input, Radio } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import type { FileShape } from './shapes.ts'

/** What follows from a review, by somebody who did not visit the family. */
export function DecideDialog({ file, close }: { file: FileShape; close: () => void }): ReactElement {
  const latest = file.versions[0]
  const [decision, setDecision] = useState<'keep' | 'lift'>(latest?.verdict.category ? 'keep' : 'lift')
  const [words, setWords] = useState('')
  return (
    <Dialog
      title={`审定复核：${file.personName}`}
      okText="审定"
      done="已审定。"
      close={close}
      work={() => post(`/api/hardship/files/${file.id}/reviews`, { decision, ...(words.trim() && { words }) })}
    >
      {(errors) => (
        <div className="fields">
          <p className="whole">
            {latest?.onDay} 由{latest?.visitors}入户，结论：{latest?.verdict.category ?? '不符合困难类别'}。
          </p>
          <LabelledField id="decision" label="审定结论" group error={errors['decision']}>
            <Radio.Group
              value={decision}
              onChange={(event) => setDecision(event.target.value as 'keep' | 'lift')}
              options={[
                { value: 'keep', label: '续档（按现情况定类）' },
                { value: 'lift', label: '脱困退出' },
              ]}
            />
          </LabelledField>
          <LabelledField
            id="words"
            label={decision === 'lift' ? '退出的原因' : '意见'}
            required={decision === 'lift'}
            error={errors['words']}
          >
            <Input id="words" maxLength={200} value={words} onChange={(event) => setWords(event.target.value)} />
          </LabelledField>
        </div>
      )}
    </Dialog>
  )
}

/** The file goes after its person. */
export function TransferDialog({ file, close }: { file: FileShape; close: () => void }): ReactElement {
  const [words, setWords] = useState('')
  return (
    <Dialog
      title={`转移${file.personName}的困难档案`}
      okText="转移"
      ready={words.trim() !== ''}
      done="档案已转移。"
      close={close}
      work={() => post(`/api/hardship/files/${file.id}/transfer`, { words })}
    >
      {(errors) => (
        <>
          <p>档案转到职工现在的会籍单位，由对方重新入户核查；转移后本单位不能再查看。</p>
          <LabelledField id="words" label="转移原因" required error={errors['words']}>
            <Input
              id="words"
              maxLength={200}
              placeholder="例如 调往南湖公司"
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

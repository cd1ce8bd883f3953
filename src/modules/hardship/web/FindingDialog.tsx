import { Input, Radio } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { emptyFound, foundBody, HouseholdForm, type Found } from './HouseholdForm.tsx'
import type { Version } from './shapes.ts'

/** Starts from what was known last, so that only what changed is typed. */
const startingFrom = (latest: Version | undefined): Found =>
  latest
    ? {
        onDay: today(),
        ground: latest.ground,
        relatives: latest.relatives,
        incomeFen: latest.incomeFen,
        rigidFen: latest.rigidFen,
        lossFen: latest.lossFen,
        accident: latest.accident,
        exclusions: latest.exclusions,
        diagnosis: latest.diagnosis,
      }
    : emptyFound()

/** The visit at home before the decision, or the yearly review with its conclusion. */
export function FindingDialog({
  fileId,
  kind,
  latest,
  close,
}: {
  fileId: number
  kind: 'check' | 'review'
  latest: Version | undefined
  close: () => void
}): ReactElement {
  const [found, setFound] = useState(startingFrom(latest))
  const [visitors, setVisitors] = useState('')
  const [decision, setDecision] = useState<'keep' | 'lift'>('keep')
  const [words, setWords] = useState('')
  const review = kind === 'review'
  return (
    <Dialog
      title={review ? '年度复核' : '入户核查'}
      okText="登记"
      done={review ? '复核已登记。' : '核查已登记。'}
      ready={visitors.trim() !== ''}
      close={close}
      work={() =>
        post(`/api/hardship/files/${fileId}/${review ? 'reviews' : 'checks'}`, {
          ...foundBody(found),
          visitors,
          ...(review && { decision, ...(words.trim() && { words }) }),
        })
      }
    >
      {(errors) => (
        <div className="stack" style={{ gap: 12 }}>
          <LabelledField id="visitors" label="入户核查人" required error={errors['visitors']} help="两人以上。">
            <Input
              id="visitors"
              maxLength={60}
              value={visitors}
              onChange={(event) => setVisitors(event.target.value)}
            />
          </LabelledField>
          <HouseholdForm found={found} change={(next) => setFound({ ...found, ...next })} errors={errors} />
          {review && (
            <>
              <LabelledField id="decision" label="复核结论" group error={errors['decision']}>
                <Radio.Group
                  value={decision}
                  onChange={(event) => setDecision(event.target.value as 'keep' | 'lift')}
                  options={[
                    { value: 'keep', label: '续档（按现情况重新定类）' },
                    { value: 'lift', label: '脱困退出' },
                  ]}
                />
              </LabelledField>
              <LabelledField
                id="words"
                label={decision === 'lift' ? '退出的原因' : '复核意见'}
                required={decision === 'lift'}
                error={errors['words']}
              >
                <Input id="words" maxLength={200} value={words} onChange={(event) => setWords(event.target.value)} />
              </LabelledField>
            </>
          )}
        </div>
      )}
    </Dialog>
  )
}

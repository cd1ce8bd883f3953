import { Input } from 'antd'
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

/** The visit at home before the decision, or the yearly review that somebody else decides on. */
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
  const review = kind === 'review'
  return (
    <Dialog
      title={review ? '年度复核' : '入户核查'}
      okText="登记"
      done={review ? '复核已登记，等待审定。' : '核查已登记。'}
      ready={visitors.trim() !== ''}
      close={close}
      work={() => post(`/api/hardship/files/${fileId}/checks`, { ...foundBody(found), visitors })}
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
        </div>
      )}
    </Dialog>
  )
}

import type { ReactElement } from 'react'
import { StatusTag } from '../../../../web/ui/values.tsx'
import { PUBLICATION_STATES, type PublicationState } from '../../publication-contract.ts'

const TONES = { draft: '', submitted: 'warn', returned: 'bad', published: 'good', ended: 'info' } as const

export const StateTag = ({ state }: { state: PublicationState }): ReactElement => (
  <StatusTag text={PUBLICATION_STATES[state]} tone={TONES[state]} />
)

/** The text as members read it: a headline and its sentences a paragraph. */
export function AccountText({ body }: { body: string }): ReactElement {
  return (
    <div className="account-text">
      {body.split('\n\n').map((paragraph) => {
        const [first, ...rest] = paragraph.split('\n')
        return rest.length ? (
          <div key={paragraph}>
            <h3>{first}</h3>
            <p>{rest.join('\n')}</p>
          </div>
        ) : (
          <p key={paragraph}>{paragraph}</p>
        )
      })}
    </div>
  )
}

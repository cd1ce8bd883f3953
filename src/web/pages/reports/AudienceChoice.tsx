import type { ReactElement } from 'react'
import { AUDIENCES, type Audience } from '../../../kernel/small-groups/audience.ts'

/** Whom the report is for: exact inside, small groups held back outside. */
export function AudienceChoice({
  audience,
  choose,
  busy = false,
}: {
  audience: Audience
  choose: (audience: Audience) => void
  busy?: boolean
}): ReactElement {
  return (
    <fieldset className="field" disabled={busy} style={{ border: 0, padding: 0, margin: 0 }}>
      <legend style={{ padding: 0 }}>给谁看</legend>
      {(Object.keys(AUDIENCES) as Audience[]).map((one) => (
        <label key={one} className="row" style={{ flexWrap: 'nowrap', alignItems: 'flex-start', padding: '4px 0' }}>
          <input type="radio" name="audience" checked={audience === one} onChange={() => choose(one)} />
          <span>
            <b>{AUDIENCES[one].title}</b>
            <br />
            <span className="faint">{AUDIENCES[one].help}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

import type { ReactElement } from 'react'
import type { Sheets } from './slip-door.ts'

/** What was chosen or written, without empty lines. */
export const written = (names: readonly string[] | undefined): string[] =>
  (names ?? []).map((name) => name.replaceAll(/\s+/g, '')).filter(Boolean)

/** 民主推荐: people for one post, ticked on a list or written, or nobody. */
export function NameFields({
  subject,
  seats,
  writeIns,
  chosen,
  abstained,
  choose,
}: {
  subject: Sheets['subjects'][number]
  seats: number
  writeIns: boolean
  chosen: readonly string[]
  abstained: boolean
  choose: (names: string[], abstain: boolean) => void
}): ReactElement {
  const listed = subject.nominees.map((one) => one.name)
  const ticked = chosen.filter((name) => listed.includes(name))
  const beside = chosen.filter((name) => !listed.includes(name))
  const room = seats - written(chosen).length
  const lines = writeIns ? Math.max(0, seats - ticked.length) : 0
  return (
    <>
      <p className="quiet">
        最多推荐 {seats} 人{room > 0 ? `，还可以推荐 ${room} 人` : '，已经推荐满'}。
      </p>
      {listed.length > 0 && (
        <div role="group" aria-label="从名单里选">
          <b>从名单里选</b>
          <div className="names">
            {subject.nominees.map((one) => (
              <label key={one.name}>
                <input
                  type="checkbox"
                  checked={ticked.includes(one.name)}
                  disabled={!ticked.includes(one.name) && room <= 0}
                  onChange={(event) =>
                    choose(
                      event.target.checked ? [...chosen, one.name] : chosen.filter((name) => name !== one.name),
                      false,
                    )
                  }
                />
                <span>
                  {one.name}
                  {one.post && <small>{one.post}</small>}
                </span>
              </label>
            ))}
          </div>
        </div>
      )}
      {Array.from({ length: lines }, (_, at) => (
        <div className="field" key={at}>
          <label htmlFor={`n-${subject.id}-${at}`}>
            {listed.length > 0 ? '另写' : '推荐'}第 {at + 1} 人的姓名
          </label>
          <input
            id={`n-${subject.id}-${at}`}
            className="control"
            autoComplete="off"
            maxLength={20}
            value={beside[at] ?? ''}
            onChange={(event) => {
              const next = Array.from({ length: lines }, (_line, index) => beside[index] ?? '')
              next[at] = event.target.value
              choose([...ticked, ...next], false)
            }}
          />
        </div>
      ))}
      <div className="names">
        <label>
          <input type="checkbox" checked={abstained} onChange={(event) => choose([], event.target.checked)} />
          <span>弃权，这个职务不推荐人</span>
        </label>
      </div>
    </>
  )
}

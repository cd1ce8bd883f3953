import { Button, Checkbox, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import type { Named } from '../../../web/ui/PersonPicker.tsx'
import { PersonPicker } from '../../../web/ui/PersonPicker.tsx'
import type { RaceShape } from './shapes.ts'

interface Barred {
  person: Named
  reason: string
}

/**
 * Announces a count. Somebody written in whom the rules bar from the post is named here with the reason: the votes stay in
 * the record and nobody is elected by them.
 */
export function AnnounceCount({ race, close }: { race: RaceShape; close: () => void }): ReactElement {
  const [barring, setBarring] = useState(false)
  const [barred, setBarred] = useState<Barred[]>([])
  return (
    <Dialog
      title={`宣布计票：${race.title}`}
      okText="宣布"
      done="计票结果已宣布。"
      ready={!barring || (barred.length > 0 && barred.every((one) => one.reason.trim() !== ''))}
      close={close}
      work={() =>
        post(`/api/races/${race.id}/close`, {
          barred: barring ? barred.map((one) => ({ key: `p${one.person.id}`, reason: one.reason.trim() })) : [],
        })
      }
    >
      {(errors) => (
        <>
          <p>两人录入一致后可以宣布。宣布后结果和推算步骤一起保存，不能修改。</p>
          {race.post !== 'recall' && (
            <Checkbox checked={barring} onChange={(event) => setBarring(event.target.checked)}>
              另选的人中有按规定不得当选的
            </Checkbox>
          )}
          {barring && (
            <>
              <LabelledField
                id="b-person"
                label="不得当选的人"
                required
                error={errors['barred']}
                help="例如行政主要负责人、法定代表人及其近亲属。得票照记，不得当选"
              >
                <PersonPicker
                  id="b-person"
                  label="不得当选的人"
                  membersOnly
                  value={null}
                  onChange={(person) =>
                    person &&
                    !barred.some((one) => one.person.id === person.id) &&
                    setBarred([...barred, { person, reason: '' }])
                  }
                />
              </LabelledField>
              {barred.map((one, at) => (
                <LabelledField
                  key={one.person.id}
                  id={`b-reason-${at}`}
                  label={`${one.person.name}不得当选的原因`}
                  required
                  error={errors[`barred.${at}.reason`]}
                >
                  <span className="row" style={{ flexWrap: 'nowrap' }}>
                    <Input
                      id={`b-reason-${at}`}
                      maxLength={200}
                      value={one.reason}
                      onChange={(event) =>
                        setBarred(
                          barred.map((other) => (other === one ? { ...one, reason: event.target.value } : other)),
                        )
                      }
                    />
                    <Button
                      aria-label={`去掉${one.person.name}`}
                      onClick={() => setBarred(barred.filter((other) => other !== one))}
                    >
                      去掉
                    </Button>
                  </span>
                </LabelledField>
              ))}
            </>
          )}
        </>
      )}
    </Dialog>
  )
}

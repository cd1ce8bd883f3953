import { Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { post, put } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { UnitPicker } from '../../../web/ui/UnitPicker.tsx'
import type { DepartmentShape } from './shapes.ts'

/** A department that answers motions, with who does it there. */
export function AskDepartment({
  unitId,
  of,
  close,
}: {
  unitId: number
  of?: DepartmentShape
  close: () => void
}): ReactElement {
  const [name, setName] = useState(of?.name ?? '')
  const [head, setHead] = useState<Named | null>(of?.headId ? { id: of.headId, name: of.headName ?? '' } : null)
  const [linked, setLinked] = useState<Named | null>(
    of?.linkedUnitId ? { id: of.linkedUnitId, name: of.linkedUnitName ?? '' } : null,
  )
  const body = { unitId, name, headId: head?.id ?? null, linkedUnitId: linked?.id ?? null }
  return (
    <Dialog
      title={of ? `修改${of.name}` : '新增承办部门'}
      okText="保存"
      done="已保存。"
      close={close}
      work={() => (of ? put(`/api/motion-departments/${of.id}`, body) : post('/api/motion-departments', body))}
    >
      {(errors) => (
        <>
          <LabelledField id="p-name" label="部门名称" required error={errors['name']}>
            <Input id="p-name" aria-label="部门名称" value={name} onChange={(event) => setName(event.target.value)} />
          </LabelledField>
          <LabelledField
            id="p-head"
            label="负责人"
            error={errors['headId']}
            help="交办后进入负责人的待办，只看得到交给本部门的提案"
          >
            <PersonPicker id="p-head" label="负责人" membersOnly unitId={unitId} value={head} onChange={setHead} />
          </LabelledField>
          <LabelledField
            id="p-unit"
            label="对应单位"
            error={errors['linkedUnitId']}
            help="部门就是某个分会时选它，由该单位有“承办提案”权限的人答复"
          >
            <UnitPicker id="p-unit" label="对应单位" value={linked} onChange={setLinked} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

/** A box without sign-in, by its place. */
export function AskBox({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [place, setPlace] = useState('')
  return (
    <Dialog
      title="新设意见箱"
      okText="设立"
      done="已设立，把地址做成二维码张贴即可。"
      close={close}
      work={() => post('/api/motion-boxes', { unitId, place })}
    >
      {(errors) => (
        <LabelledField id="b-place" label="位置" required error={errors['place']}>
          <Input
            id="b-place"
            aria-label="位置"
            placeholder="例如 东门岗亭"
            value={place}
            onChange={(event) => setPlace(event.target.value)}
          />
        </LabelledField>
      )}
    </Dialog>
  )
}

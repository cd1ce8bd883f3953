import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, put } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { UnitPicker } from '../../../web/ui/UnitPicker.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { useRefresh } from './Deeds.tsx'
import { useOptions, type CallShape, type DepartmentShape, type Options } from './shapes.ts'

interface Box {
  id: number
  code: string
  place: string
  openedOn: string
}
type Asking = { kind: 'call' } | { kind: 'department'; of?: DepartmentShape } | { kind: 'box' }

/** Drives, handling departments, boxes: what a union sets up once. */
export function Settings(): ReactElement {
  const options = useOptions()
  return <Loaded query={options}>{(known) => <Shown options={known} />}</Loaded>
}

function Shown({ options }: { options: Options }): ReactElement {
  const [asking, setAsking] = useState<Asking | null>(null)
  const refresh = useRefresh()
  const boxes = useQuery({
    queryKey: ['motions', 'boxes', options.unitId],
    queryFn: () =>
      get<{ boxes: Box[] }>('/api/motion-boxes', { unitId: options.unitId }).then((answer) => answer.boxes),
    enabled: options.may.sort,
  })
  const close = (): void => {
    setAsking(null)
    refresh()
  }
  const calls = [
    ...options.calls.map((call) => ({ ...call, kind: '提案' })),
    ...options.drives.map((call) => ({ ...call, kind: '合理化建议' })),
  ]
  return (
    <Page
      title="征集与承办部门"
      crumbs={[{ title: '提案', to: '/motions' }]}
      help="每次大会前发起征集；承办部门登记一次即可。"
    >
      <div className="stack" style={{ gap: 14 }}>
        <Card
          title="征集"
          aside={options.may.supervise && <Button onClick={() => setAsking({ kind: 'call' })}>发起征集</Button>}
          flush
        >
          <DataTable<CallShape & { kind: string }>
            caption="征集"
            rows={calls}
            rowKey={(row) => row.id}
            columns={[
              { id: 'session', title: '届次或活动', lead: true, render: (row) => row.session },
              { id: 'kind', title: '种类', width: 110, render: (row) => row.kind },
              { id: 'days', title: '征集期', render: (row) => `${row.opensOn} 至 ${row.closesOn}` },
              { id: 'meets', title: '大会开幕', width: 110, render: (row) => row.meetsOn ?? '' },
              { id: 'seconders', title: '附议人不少于', number: true, render: (row) => `${row.minSeconders} 名` },
              { id: 'reply', title: '答复期限', number: true, render: (row) => `${row.replyDays} 个工作日` },
              {
                id: 'state',
                title: '状态',
                width: 100,
                render: (row) => (
                  <StatusTag
                    text={row.open ? '征集中' : row.opensOn > today() ? '未开始' : '已截止'}
                    tone={row.open ? 'good' : ''}
                  />
                ),
              },
            ]}
            empty={<Empty title="还没有发起过征集">没有征集时，提案按“闭会期间”随时受理。</Empty>}
          />
        </Card>
        <Card
          title="承办部门"
          aside={options.may.supervise && <Button onClick={() => setAsking({ kind: 'department' })}>新增部门</Button>}
          flush
        >
          <DataTable<DepartmentShape>
            caption="承办部门"
            rows={options.departments}
            rowKey={(row) => row.id}
            columns={[
              { id: 'name', title: '部门', lead: true, render: (row) => row.name },
              { id: 'head', title: '负责人（收到待办）', render: (row) => row.headName ?? '' },
              { id: 'unit', title: '对应单位', render: (row) => row.linkedUnitName ?? '' },
              {
                id: 'who',
                title: '谁来答复',
                render: (row) => (row.headName ? '负责人本人' : row.linkedUnitName ? '该单位工会负责人' : '工会代录'),
              },
            ]}
            renderActions={(row) =>
              options.may.supervise && (
                <button type="button" className="link" onClick={() => setAsking({ kind: 'department', of: row })}>
                  修改
                </button>
              )
            }
            empty={<Empty title="还没有承办部门">登记部门和负责人，交办后负责人手机上就能答复。</Empty>}
          />
        </Card>
        {options.may.sort && (
          <Card title="意见箱" aside={<Button onClick={() => setAsking({ kind: 'box' })}>新设意见箱</Button>} flush>
            <DataTable<Box>
              caption="意见箱"
              rows={boxes.data}
              rowKey={(row) => row.id}
              columns={[
                { id: 'place', title: '位置', lead: true, render: (row) => row.place },
                {
                  id: 'link',
                  title: '投递地址（可做成二维码张贴）',
                  wrap: true,
                  render: (row) => (
                    <a
                      href={`/box/${row.code}`}
                      target="_blank"
                      rel="noreferrer"
                    >{`${window.location.origin}/box/${row.code}`}</a>
                  ),
                },
                { id: 'opened', title: '启用', width: 110, render: (row) => row.openedOn },
              ]}
              empty={
                <Empty title="没有网上意见箱">设一个，职工不登录、不署名也能投意见；系统不记录投递人的任何信息。</Empty>
              }
            />
          </Card>
        )}
      </div>
      {asking?.kind === 'call' && <AskCall unitId={options.unitId} close={close} />}
      {asking?.kind === 'department' && (
        <AskDepartment unitId={options.unitId} {...(asking.of && { of: asking.of })} close={close} />
      )}
      {asking?.kind === 'box' && <AskBox unitId={options.unitId} close={close} />}
    </Page>
  )
}

function AskCall({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [kind, setKind] = useState<'motion' | 'suggestion'>('motion')
  const [session, setSession] = useState('')
  const [days, setDays] = useState<{ opensOn: string | null; closesOn: string | null; meetsOn: string | null }>({
    opensOn: today(),
    closesOn: null,
    meetsOn: null,
  })
  const [seconders, setSeconders] = useState('2')
  const [reply, setReply] = useState('30')
  const dated = (
    name: keyof typeof days,
    label: string,
    errors: Readonly<Record<string, string>>,
    required = true,
  ): ReactElement => (
    <LabelledField id={`c-${name}`} label={label} required={required} error={errors[name]}>
      <DateInput
        id={`c-${name}`}
        label={label}
        value={days[name]}
        onChange={(value) => setDays({ ...days, [name]: value })}
      />
    </LabelledField>
  )
  return (
    <Dialog
      title="发起征集"
      okText="发起"
      done="已发起，职工现在可以提交。"
      close={close}
      work={() =>
        post('/api/motion-calls', {
          unitId,
          kind,
          session,
          ...days,
          minSeconders: parseNumber('integer', seconders) ?? seconders,
          replyDays: parseNumber('integer', reply) ?? reply,
        })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="c-kind" label="征集什么" required error={errors['kind']}>
            <Select
              id="c-kind"
              aria-label="征集什么"
              value={kind}
              options={[
                { value: 'motion', label: '提案（大会前）' },
                { value: 'suggestion', label: '合理化建议' },
              ]}
              onChange={setKind}
            />
          </LabelledField>
          <LabelledField
            id="c-session"
            label={kind === 'motion' ? '届次' : '活动名称'}
            required
            error={errors['session']}
          >
            <Input
              id="c-session"
              aria-label={kind === 'motion' ? '届次' : '活动名称'}
              placeholder={kind === 'motion' ? '例如 六届三次' : '例如 我为目标献良策'}
              value={session}
              onChange={(event) => setSession(event.target.value)}
            />
          </LabelledField>
          {dated('opensOn', '开始日期', errors)}
          {dated('closesOn', '截止日期', errors)}
          {kind === 'motion' && (
            <>
              {dated('meetsOn', '大会开幕日期', errors, false)}
              <LabelledField id="c-seconders" label="附议人不少于（名）" required error={errors['minSeconders']}>
                <Input
                  id="c-seconders"
                  inputMode="numeric"
                  value={seconders}
                  onChange={(event) => setSeconders(event.target.value)}
                />
              </LabelledField>
              <LabelledField id="c-reply" label="交办后多少个工作日内答复" required error={errors['replyDays']}>
                <Input
                  id="c-reply"
                  inputMode="numeric"
                  value={reply}
                  onChange={(event) => setReply(event.target.value)}
                />
              </LabelledField>
            </>
          )}
        </>
      )}
    </Dialog>
  )
}

function AskDepartment({
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

function AskBox({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
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

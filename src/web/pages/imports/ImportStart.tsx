import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useRef, useState, type DragEvent, type ReactElement } from 'react'
import { get, post } from '../../api.ts'
import { path, withQuery } from '../../path.ts'
import { useAddress, useMay, useRegisters, useScope } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Card, Page } from '../../ui/Page.tsx'
import { Empty, Loading, Problem } from '../../ui/states.tsx'
import { StatusTag, timeText } from '../../ui/values.tsx'
import { kindTitle, statusTitles, type Preview } from './shapes.ts'

/** Download the template → fill → upload → check. Nothing is stored before the preview was read. */
export function ImportStart(): ReactElement {
  const [address, setAddress] = useAddress()
  const may = useMay()
  const scope = useScope()
  const kind = address['kind'] === 'members' ? 'members' : 'ledger'
  return (
    <Page
      title={kind === 'members' ? '导入花名册' : '导入台账'}
      help="下载模板 → 填写 → 上传检查 → 看过预览再入库。现有台账的列名相近即可认出，不必逐字照模板。"
      narrow
    >
      <div className="card toolbar">
        <div className="row" role="radiogroup" aria-label="导入什么" style={{ gap: 18 }}>
          {(['ledger', 'members'] as const).map((one) => (
            <label key={one} className="row">
              <input
                type="radio"
                name="kind"
                checked={kind === one}
                disabled={one === 'members' && !may('members.import')}
                onChange={() => setAddress({ kind: one === 'members' ? 'members' : null, registers: null })}
              />
              {kindTitle(one)}
            </label>
          ))}
        </div>
        <span className="push quiet">
          {scope.unitName}
          {kind === 'ledger' && ` · ${scope.year} 年`}
        </span>
      </div>
      <div className="split">
        <Template kind={kind} />
        <Upload kind={kind} />
      </div>
      <Earlier />
    </Page>
  )
}

function Template({ kind }: { kind: 'members' | 'ledger' }): ReactElement {
  const [address, setAddress] = useAddress()
  const { unitId } = useScope()
  const registers = useRegisters()
  const chosen = (address['registers'] ?? '').split(',').filter(Boolean)
  return (
    <Card title="第一步　下载模板">
      <div className="stack">
        {kind === 'ledger' ? (
          <div className="field">
            <label htmlFor="which">要哪些登记簿（每本一张工作表，不选为全部）</label>
            <Select
              id="which"
              aria-label="要哪些登记簿"
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="全部登记簿"
              value={chosen}
              options={(registers.data ?? [])
                .filter((one) => one.may.import)
                .map((one) => ({ value: one.id, label: one.title }))}
              onChange={(ids: string[]) => setAddress({ registers: ids.join(',') }, { replace: true })}
            />
          </div>
        ) : (
          <p className="quiet">一人一行。有 * 的列必填，证件号码、手机按文本填写，单元格批注里有说明。</p>
        )}
        <div>
          <Button
            href={withQuery(`/api/templates/${kind}.xlsx`, {
              unitId,
              registers: kind === 'ledger' ? chosen.join(',') : '',
            })}
          >
            下载模板
          </Button>
        </div>
        <ul className="faint">
          <li>· 日期写成 2026-03-05；写成“2026.3.5”也认得。</li>
          <li>· 一件事、一个人或一笔钱一行，不要填合计行。</li>
          <li>· 本来就有自己格式的台账，可以直接上传试试。</li>
        </ul>
      </div>
    </Card>
  )
}

function Upload({ kind }: { kind: 'members' | 'ledger' }): ReactElement {
  const scope = useScope()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [busy, setBusy] = useState('')
  const [error, setError] = useState<unknown>(null)
  const send = async (file: File | undefined): Promise<void> => {
    if (!file) return
    setError(null)
    if (!/\.xlsx$/i.test(file.name))
      return setError(new Error(`“${file.name}”不是 .xlsx 工作簿。旧的 .xls 请在表格软件里“另存为” .xlsx 再上传。`))
    if (file.size > 50 * 1024 * 1024) return setError(new Error('文件超过 50 MB，请拆成几个再上传。'))
    setBusy(file.name)
    // The fields go before the file: the server reads the form as it arrives.
    const form = new FormData()
    form.set('kind', kind)
    form.set('unitId', String(scope.unitId))
    if (kind === 'ledger') form.set('year', String(scope.year))
    form.set('file', file)
    try {
      const preview = await post<Preview>('/api/imports', form)
      void queries.invalidateQueries({ queryKey: ['imports'] })
      void navigate({ to: path.importing(preview.id) as never })
    } catch (refusal) {
      setError(refusal)
      setBusy('')
    }
  }
  const onDrop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    void send(event.dataTransfer.files[0])
  }
  return (
    <Card title="第二步　上传检查">
      {error !== null && <Problem error={error} />}
      {busy ? (
        <Loading what={`正在上传并检查“${busy}”，十万行大约要二十秒…`} />
      ) : (
        <div
          className={over ? 'drop over' : 'drop'}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
        >
          <Icon name="upload" size={28} />
          <p>把填好的工作簿拖到这里，或</p>
          <Button type="primary" onClick={() => input.current?.click()}>
            选择文件
          </Button>
          <p className="faint">只收 .xlsx，不超过 50 MB。上传后先检查，不会马上入库。</p>
          <input
            ref={input}
            hidden
            type="file"
            accept=".xlsx"
            aria-label="选择工作簿"
            onChange={(event) => {
              void send(event.target.files?.[0])
              event.target.value = ''
            }}
          />
        </div>
      )}
    </Card>
  )
}

function Earlier(): ReactElement {
  const { unitId } = useScope()
  const imports = useQuery({
    queryKey: ['imports', unitId],
    queryFn: () => get<{ rows: Preview[] }>('/api/imports', { unitId }).then((answer) => answer.rows),
    enabled: unitId > 0,
  })
  if (imports.error && !imports.data) return <Problem error={imports.error} retry={() => void imports.refetch()} />
  return (
    <Card title="以往的导入" flush>
      <DataTable
        caption="以往的导入"
        rows={imports.data}
        rowKey={(row) => row.id}
        columns={[
          {
            id: 'file',
            title: '文件',
            lead: true,
            render: (row) => <Link to={path.importing(row.id) as never}>{row.fileName}</Link>,
          },
          { id: 'kind', title: '种类', render: (row) => `${kindTitle(row.kind)}${row.year ? ` ${row.year} 年` : ''}` },
          {
            id: 'status',
            title: '状态',
            render: (row) => (
              <StatusTag
                text={statusTitles[row.status]}
                tone={row.status === 'committed' ? 'good' : row.status === 'checked' ? 'warn' : ''}
              />
            ),
          },
          { id: 'outcome', title: '结果', wrap: true, render: (row) => row.outcome?.sentence ?? '' },
          { id: 'who', title: '操作', render: (row) => `${row.author} ${timeText(row.createdAt)}` },
        ]}
        empty={<Empty title="还没有导入过">上传的每个文件和结果会列在这里。</Empty>}
      />
    </Card>
  )
}

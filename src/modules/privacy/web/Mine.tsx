import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Switch } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Problem } from '../../../web/ui/states.tsx'
import { timeText } from '../../../web/ui/values.tsx'
import type { MyInformation } from '../contract.ts'
import { USES } from '../words.ts'

/** What the union holds of me, who looked, what I agreed to. */
export function Mine(): ReactElement {
  const mine = useQuery({ queryKey: ['my-information'], queryFn: () => get<MyInformation>('/api/privacy/mine') })
  return (
    <Page title="我的信息" help="工会保存了您的哪些信息、谁看过、您同意了什么，都在这里。内容有误，请告诉工会更正。">
      <Loaded query={mine}>{(shown) => <Shown mine={shown} />}</Loaded>
    </Page>
  )
}

function Shown({ mine }: { mine: MyInformation }): ReactElement {
  const { person } = mine
  return (
    <>
      <Card title="会员资料">
        <Facts
          items={[
            { label: '姓名', value: person.name },
            { label: '单位', value: person.unitName },
            { label: '工号', value: person.staffNo },
            { label: '出生日期', value: person.bornOn },
            { label: '身份证号', value: person.idLast4 ? `加密保存，尾号 ${person.idLast4}` : '没有保存' },
            { label: '手机号', value: person.phoneLast4 ? `加密保存，尾号 ${person.phoneLast4}` : '没有保存' },
          ]}
        />
      </Card>
      <Consents consents={mine.consents} />
      <Card title="谁看过我的保密信息" flush>
        <DataTable
          caption="查看记录"
          rows={mine.looks}
          rowKey={(row) => `${row.at}${row.who}${row.what}`}
          columns={[
            { id: 'at', title: '时间', lead: true, width: 160, render: (row) => timeText(row.at) },
            { id: 'who', title: '查看人', render: (row) => `${row.who}（${row.office}）` },
            { id: 'what', title: '看了什么', render: (row) => row.what },
            { id: 'why', title: '原因', wrap: true, render: (row) => row.why },
          ]}
          empty={
            <Empty title="还没有人查看过" small>
              有人查看您的证件号、电话或困难档案，都会记在这里。
            </Empty>
          }
        />
      </Card>
      <Card title="登记簿里的我" flush>
        <DataTable
          caption="登记簿里的我"
          rows={mine.ledgers}
          few={8}
          rowKey={(row) => row.title}
          columns={[
            { id: 'title', title: '登记簿', lead: true, render: (row) => row.title },
            { id: 'lines', title: '条数', number: true, render: (row) => row.lines },
            {
              id: 'when',
              title: '时间',
              render: (row) => (row.first === row.last ? row.last : `${row.first} 至 ${row.last}`),
            },
          ]}
          empty={<Empty title="登记簿里还没有您的记录" small />}
        />
      </Card>
      {(mine.closedLines > 0 || mine.files.length > 0) && (
        <Card title="保密的记录">
          <ul className="stack" style={{ gap: 8 }}>
            {mine.files.map((file) => (
              <li key={file.id}>
                <Link to={`/hardship/files/${file.id}` as never}>我的困难档案（第 {file.id} 号）</Link>
              </li>
            ))}
            {mine.closedLines > 0 && <li>保密登记簿里有 {mine.closedLines} 条与您有关的记录，只有办理人能看。</li>}
          </ul>
        </Card>
      )}
      <Card title="保存什么、为什么、多久" flush>
        <DataTable
          caption="保存什么、为什么、多久"
          rows={mine.holds}
          few={8}
          rowKey={(row) => row.module + row.what}
          columns={[
            { id: 'what', title: '内容', lead: true, wrap: true, render: (row) => row.what },
            { id: 'module', title: '业务', render: (row) => row.module },
            { id: 'basis', title: '用途', wrap: true, render: (row) => row.basis },
            { id: 'retention', title: '保存期限', wrap: true, render: (row) => row.retention },
          ]}
          empty={<Empty title="没有保存个人信息" small />}
        />
      </Card>
    </>
  )
}

function Consents({ consents }: { consents: MyInformation['consents'] }): ReactElement {
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const say = async (use: string, given: boolean): Promise<void> => {
    setError(null)
    try {
      await post('/api/privacy/consents', { use, given })
    } catch (refusal) {
      setError(refusal)
    }
    await queries.invalidateQueries({ queryKey: ['my-information'] })
  }
  return (
    <Card title="我的同意">
      {error !== null && <Problem error={error} />}
      <ul className="stack" style={{ gap: 14 }}>
        {consents.map(({ use, given, saidAt }) => (
          <li key={use} className="row" style={{ flexWrap: 'nowrap', alignItems: 'flex-start' }}>
            <Switch checked={given} aria-label={USES[use].title} onChange={(on) => void say(use, on)} />
            <span>
              <b>{USES[use].title}</b>
              <br />
              <span className="faint">
                {USES[use].help}
                {saidAt && ` ${given ? '同意' : '撤回'}于 ${timeText(saidAt)}。`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, sentenceOf } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../../web/ui/states.tsx'
import type { Publication } from '../contract.ts'
import type { Opening } from '../format/opening.ts'
import type { Report } from '../format/verify.ts'
import { markWord } from './marks.ts'
import { OwnBallot, OwnLine } from './OwnBallot.tsx'
import { downloadAll, recountHere } from './publication-deeds.ts'

/** What everybody may check: the result, every ballot without a name, and one's own. */
export function PublicationPage(): ReactElement {
  const voteId = Number(useParams({ strict: false })['id'])
  const published = useQuery({
    queryKey: ['vote', voteId, 'publication'],
    queryFn: () => get<Publication>(`/api/votes/${voteId}/publication`),
    retry: false,
  })
  return (
    <Loaded query={published}>
      {({ title, unitName, heldOn, sheets }) => (
        <Page
          title="电子票公布"
          help={`${title} · ${unitName} · ${heldOn}`}
          narrow
          actions={<LinkButton to="/my-votes">我的投票</LinkButton>}
        >
          {sheets.length === 0 ? (
            <Card>
              <Empty title="还没有公布">投票结束，监票人开箱以后，这里公布结果和全部选票（不含姓名）。</Empty>
            </Card>
          ) : (
            sheets.map((sheet) => (
              <div key={sheet.eid} className="stack">
                <Sheet voteId={voteId} sheet={sheet} />
              </div>
            ))
          )}
        </Page>
      )}
    </Loaded>
  )
}

function Sheet({ voteId, sheet }: { voteId: number; sheet: Publication['sheets'][number] }): ReactElement {
  const { eid, count } = sheet
  const opening = useQuery({
    queryKey: ['publication', eid, 'opening'],
    queryFn: () =>
      fetch(`/api/votes/${voteId}/publication/${eid}/opening.json`).then((answer) => answer.json() as Promise<Opening>),
    staleTime: Infinity,
  })
  const invalid = Object.values(count.invalid).reduce((sum, papers) => sum + papers, 0)
  const { online, kiosk, paper, none } = count.papers
  return (
    <Loaded query={opening}>
      {(paperOf) => (
        <>
          <Card title="结果">
            <div className="stack">
              <Facts
                items={[
                  {
                    label: '领票',
                    value: `手机 ${online} 人，投票机 ${kiosk} 人，纸质票 ${paper} 人，未领 ${none} 人`,
                  },
                  { label: '收回', value: `电子票 ${count.returned.box} 张，纸质票 ${count.returned.paper} 张` },
                  { label: '有效、无效', value: `有效 ${count.valid} 张，无效 ${invalid} 张` },
                ]}
              />
              <Votes opening={paperOf} count={count} />
            </div>
          </Card>
          <OwnBallot voteId={voteId} eid={eid} />
          <OwnLine voteId={voteId} eid={eid} />
          <Recount voteId={voteId} eid={eid} ballots={count.returned.box} />
        </>
      )}
    </Loaded>
  )
}

function Votes({ opening, count }: { opening: Opening; count: Publication['sheets'][number]['count'] }): ReactElement {
  const symbols = [...new Set(opening.items.flatMap((item) => [...item.symbols]))]
  return (
    <>
      <DataTable
        caption="各项得票"
        rows={opening.items}
        rowKey={(item) => item.id}
        columns={[
          { id: 'title', title: '事项', lead: true, wrap: true, render: (item) => item.title },
          ...symbols.map((symbol) => ({
            id: symbol,
            title: markWord(opening, symbol),
            number: true,
            width: 90,
            render: (item: Opening['items'][number]) =>
              count.items.find((one) => one.id === item.id)?.votes[symbol] ?? '',
          })),
        ]}
        empty={null}
      />
      {count.names.length > 0 && (
        <p>另选他人：{count.names.map(({ name, votes }) => `${name} ${votes} 票`).join('、')}。</p>
      )}
    </>
  )
}

const words: Readonly<Record<string, string>> = {
  'result-differs': '结果与选票算出来的不一致',
  'more-ballots-than-papers': '选票比领票的人多',
  'head-signature': '公布文件的签名不对',
  eid: '与公告的编号不符',
}

/** Every ballot is counted again: here in the browser, or with a program of one's own. */
function Recount({ voteId, eid, ballots }: { voteId: number; eid: string; ballots: number }): ReactElement {
  const [report, setReport] = useState<Report | null>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const recount = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    await downloadAll(voteId, eid)
      .then((files) => recountHere(files, { eid }))
      .then(setReport, (error: unknown) => setProblem(sentenceOf(error)))
    setBusy(false)
  }
  return (
    <Card title="自己核对">
      <div className="stack">
        <p>
          全部 {ballots}{' '}
          张电子票都公布了，任何人都可以重新验一遍签名、重新数一遍。公告编号（与会场公告、纸质记录核对）：
          <code style={{ overflowWrap: 'anywhere' }}>{eid}</code>
        </p>
        <div className="row">
          {ballots <= 2000 && (
            <Button onClick={() => void recount()} loading={busy}>
              在本机重新核对
            </Button>
          )}
          <Button href={`/api/votes/${voteId}/publication/${eid}`}>下载全部文件</Button>
          <Button href="/api/verify-ballots.py">下载核对程序</Button>
        </div>
        {report && (
          <div role="status">
            {report.accepted ? (
              <Notice tone="good">核对无误：{report.ballots} 张电子票的签名、领票人数、开箱和计票结果全部一致。</Notice>
            ) : (
              <Notice tone="bad">
                核对不符，请把这几行告诉监票人：
                {report.reasons.map((reason) => words[reason] ?? reason).join('、')}
              </Notice>
            )}
          </div>
        )}
        {problem && (
          <div role="alert">
            <Notice tone="bad">{problem}</Notice>
          </div>
        )}
        <p className="quiet">
          不信本系统的网页，可以在另一台电脑上核对：装有 Python 3 和 python3-cryptography，解压下载的文件，运行
          <code> python3 verify_ballots.py 文件夹 --eid {eid.slice(0, 8)}… </code>
          （编号填全）。显示 accepted 为 true 就是全部对得上。
        </p>
      </div>
    </Card>
  )
}

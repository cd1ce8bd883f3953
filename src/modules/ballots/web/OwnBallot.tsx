import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card } from '../../../web/ui/Page.tsx'
import { Notice, Problem } from '../../../web/ui/states.tsx'
import { noblePrimitives as primitives } from '../format/primitives-noble.ts'
import { readOpening } from '../format/opening.ts'
import { commitment, linesOf, readRollLine, type Channel } from '../format/roll.ts'
import { fromText, sameBytes } from '../format/bytes.ts'
import type { PaperAnswer } from './booth-deeds.ts'
import { keptOn } from './booth-store.ts'
import { downloadAll, findBallot, receiptsIn, type Found } from './publication-deeds.ts'
import { receiptIn } from './ReceiptCode.tsx'

/** «Is my ballot in there?»: by the receipt on this phone, or one from a file. Looked for here, never asked of the server. */
export function OwnBallot({ voteId, eid }: { voteId: number; eid: string }): ReactElement {
  const [receipts] = useState(() =>
    keptOn(voteId).flatMap(({ sheets }) => sheets.flatMap((sheet) => (sheet.eid === eid ? (sheet.receipt ?? []) : []))),
  )
  const [text, setText] = useState(() => {
    const scanned = receiptIn(window.location.hash)
    return scanned?.eid === eid ? JSON.stringify(scanned) : ''
  })
  const [shown, setShown] = useState(false)
  const search = useMutation({
    mutationFn: async (): Promise<Found[] | null> => {
      setShown(false)
      const given = text.trim() ? receiptsIn(text) : receipts
      if (!given.length) return null
      const files = await downloadAll(voteId, eid)
      return given.map((receipt) => findBallot(files, receipt))
    },
  })
  const found = search.data
  return (
    <Card title="查我的票">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          search.mutate()
        }}
      >
        <p>
          {receipts.length
            ? '本机存有回执。查找在本机进行，服务器不知道查的是哪一张。'
            : text
              ? '已读入扫到的回执。查找在本机进行，服务器不知道查的是哪一张。'
              : '本机没有这次投票的回执。请粘贴投票时另存的回执，或用手机相机扫投票机打印的回执。'}
        </p>
        {!receipts.length && (
          <LabelledField id={`receipt-${eid}`} label="回执">
            <Input.TextArea
              id={`receipt-${eid}`}
              rows={3}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </LabelledField>
        )}
        <div>
          <Button type="primary" htmlType="submit" loading={search.isPending}>
            查我的票有没有计入
          </Button>
        </div>
        {search.error && <Problem error={search.error} />}
        <div role="status">
          {found === null && <Notice tone="warn">没有读到回执，请粘贴回执的全部内容。</Notice>}
          {found?.map((one, at) => (
            <Outcome key={at} found={one} shown={shown} show={() => setShown(true)} />
          ))}
        </div>
      </form>
    </Card>
  )
}

function Outcome({ found, shown, show }: { found: Found; shown: boolean; show: () => void }): ReactElement {
  if (found.kind === 'foreign') return <Notice tone="warn">这张回执不是这次投票的。</Notice>
  if (found.kind === 'forged') return <Notice tone="bad">这张回执不是票箱开出的，或者抄写有误。</Notice>
  if (found.kind === 'missing')
    return (
      <Notice tone="bad">
        您的票不在公布的票里。回执有票箱的签名，能证明票箱收到过：请保存回执，在异议期内交给监票人。
      </Notice>
    )
  return (
    <Notice tone="good">
      <p>您的票在公布的票里，已经计入。</p>
      {shown ? (
        <>
          {found.choice ? (
            <ul>
              {found.choice.map((line) => (
                <li key={line.title}>
                  {line.title}：{line.mark}
                </li>
              ))}
            </ul>
          ) : (
            <p>这张票不合规定（例如选多了），计为废票。</p>
          )}
          <p>与您投的不一样，请告诉监票人。能看到这一页的人就知道您投了什么，请及时关掉。</p>
        </>
      ) : (
        <Button size="small" onClick={show}>
          看这张票写了什么
        </Button>
      )}
    </Notice>
  )
}

const channels: Readonly<Record<Channel, string>> = {
  online: '用手机领了电子票',
  kiosk: '在投票站领了票',
  paper: '领了纸质票',
  none: '没有领票',
}

/** One's own line of the published roll: nobody else drew the paper of somebody who stayed away. */
export function OwnLine({ voteId, eid }: { voteId: number; eid: string }): ReactElement {
  const search = useMutation({
    mutationFn: async (): Promise<Channel | null> => {
      const mine = await get<PaperAnswer>(`/api/votes/${voteId}/paper`)
      const paper = mine.papers.find((one) => one.eid === eid)
      const files = await downloadAll(voteId, eid)
      const vote = readOpening(primitives, files['opening.json'])
      const salt = fromText(paper?.salt ?? '')
      if (!vote || !salt) return null
      const voter = commitment(primitives, vote.nonce, salt, mine.reference)
      return (
        (linesOf(files['roll.jsonl']) ?? [])
          .map(readRollLine)
          .find((line) => line !== null && sameBytes(line.voter, voter))?.channel ?? null
      )
    },
  })
  return (
    <Card title="查我的领票记录">
      <div className="stack">
        <p>公布的名册不写姓名，用密码学承诺代替。您可以核对自己那一行：没有领票却显示已领，就是有人冒领。</p>
        <div>
          <Button onClick={() => search.mutate()} loading={search.isPending}>
            核对我的领票记录
          </Button>
        </div>
        {search.error && <Problem error={search.error} />}
        <div role="status">
          {search.data && (
            <Notice tone="good">公布的名册上，您{channels[search.data]}。与实际不符的，请马上告诉监票人。</Notice>
          )}
          {search.data === null && <Notice tone="bad">公布的名册上没有找到您的记录，请告诉监票人。</Notice>}
        </div>
      </div>
    </Card>
  )
}

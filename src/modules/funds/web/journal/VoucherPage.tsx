import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post, remove } from '../../../../web/api.ts'
import { useMay, useMe } from '../../../../web/session.ts'
import { Attachments } from '../../../../web/ui/Attachments.tsx'
import { LinkButton } from '../../../../web/ui/LinkButton.tsx'
import { Card, Facts, Page } from '../../../../web/ui/Page.tsx'
import { Loaded, Notice, Problem } from '../../../../web/ui/states.tsx'
import { toast } from '../../../../web/ui/toast.tsx'
import { StatusTag, timeText } from '../../../../web/ui/values.tsx'
import { withQuery } from '../../../../web/path.ts'
import { KIND_WORDS, STATE_WORDS } from '../../words.ts'
import { AskDialog } from '../AskDialog.tsx'
import { fundsPath, numberText, sourcePath } from '../paths.ts'
import { postVouchers } from './posting.ts'
import type { Voucher } from '../../voucher-contract.ts'
import { PostedLines } from './PostedLines.tsx'
import { STATE_TONES } from './Vouchers.tsx'
import '../funds.css'

/** One voucher: its lines, its hands, its originals, and what may be done with it. */
export function VoucherPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const may = useMay()
  const voucher = useQuery({
    queryKey: ['funds', 'voucher', Number(id)],
    queryFn: () => get<Voucher>(`/api/funds/vouchers/${id}`),
  })
  return (
    <Loaded query={voucher}>
      {(found) => (
        <Page
          title={found.no === null ? '未记账凭证' : numberText(found.month, found.no)}
          crumbs={[{ title: '记账凭证', to: fundsPath.vouchers }]}
          actions={<Deeds voucher={found} />}
        >
          {found.returned && <Notice tone="warn">审核人退回：{found.returned}</Notice>}
          {found.reversedById && (
            <Notice tone="warn">
              这张凭证已被红字冲销：<Link to={fundsPath.voucher(found.reversedById) as never}>查看红字凭证</Link>
            </Notice>
          )}
          <Card
            title={found.summary}
            aside={<StatusTag text={STATE_WORDS[found.state]} tone={STATE_TONES[found.state]} />}
          >
            <Facts
              items={[
                { label: '单位', value: found.unitName },
                { label: '日期', value: found.onDate },
                { label: '种类', value: KIND_WORDS[found.kind] },
                { label: '附件', value: `${found.attachments} 张` },
                { label: '制单', value: `${found.preparedName} ${timeText(found.preparedAt)}` },
                {
                  label: '审核',
                  value: found.reviewedName ? `${found.reviewedName} ${timeText(found.reviewedAt!)}` : '待审核',
                },
                {
                  label: '记账',
                  value: found.postedName ? `${found.postedName} ${timeText(found.postedAt!)}` : '未记账',
                },
                ...(found.approvedName ? [{ label: '审批', value: found.approvedName }] : []),
                ...(found.cashierName ? [{ label: '出纳', value: found.cashierName }] : []),
                ...(found.source
                  ? [{ label: '来源', value: <Link to={sourcePath(found.source) as never}>查看这笔钱办的事</Link> }]
                  : []),
                ...(found.reversesId
                  ? [{ label: '冲销', value: <Link to={fundsPath.voucher(found.reversesId) as never}>原凭证</Link> }]
                  : []),
                ...(found.correctsId
                  ? [{ label: '订正', value: <Link to={fundsPath.voucher(found.correctsId) as never}>原凭证</Link> }]
                  : []),
                ...(found.invoices.length
                  ? [{ label: '发票', value: found.invoices.map((invoice) => invoice.number).join('、'), whole: true }]
                  : []),
              ]}
            />
          </Card>
          <PostedLines voucher={found} />
          <Card title="原始凭证" flush>
            <Attachments
              objectKind="voucher"
              objectId={found.id}
              mayChange={found.state !== 'posted' && may('funds.prepare')}
            />
          </Card>
          {found.hash && (
            <p className="faint" style={{ overflowWrap: 'anywhere' }}>
              第 {found.seq} 张入账，校验码 {found.hash.slice(0, 16)}…
            </p>
          )}
        </Page>
      )}
    </Loaded>
  )
}

function Deeds({ voucher }: { voucher: Voucher }): ReactElement {
  const may = useMay()
  const me = useMe().data
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'return' | 'reverse' | null>(null)
  const [error, setError] = useState<unknown>(null)
  const deed = async (work: () => Promise<unknown>, done: string): Promise<void> => {
    setError(null)
    try {
      await work()
      toast(done)
      await queries.invalidateQueries({ queryKey: ['funds'] })
    } catch (refusal) {
      setError(refusal)
    }
  }
  const at = `/api/funds/vouchers/${voucher.id}`
  const own = me?.accountId === voucher.preparedBy
  return (
    <>
      {error !== null && <Problem error={error} />}
      <LinkButton to={fundsPath.printVoucher(voucher.id)}>打印</LinkButton>
      {may('funds.prepare') && voucher.state === 'posted' && (
        <LinkButton to={withQuery(fundsPath.newVoucher, { copy: voucher.id })}>复制</LinkButton>
      )}
      {may('funds.prepare') && voucher.state === 'draft' && (
        <>
          <Button
            danger
            onClick={() =>
              void deed(() => remove(at), '已删除。').then(() => navigate({ to: fundsPath.vouchers as never }))
            }
          >
            删除
          </Button>
          <LinkButton to={fundsPath.editVoucher(voucher.id)}>修改</LinkButton>
        </>
      )}
      {may('funds.review') && voucher.state !== 'posted' && !own && (
        <Button onClick={() => setAsking('return')}>退回</Button>
      )}
      {may('funds.review') && voucher.state === 'draft' && !own && (
        <Button type="primary" onClick={() => void deed(() => post(`${at}/review`), '已审核。')}>
          审核
        </Button>
      )}
      {may('funds.post') && voucher.state === 'reviewed' && (
        <Button type="primary" onClick={() => void deed(() => postVouchers([voucher.id]), '已记账。')}>
          记账
        </Button>
      )}
      {may('funds.prepare') &&
        voucher.state === 'posted' &&
        !voucher.reversedById &&
        ['business', 'correction', 'depreciation'].includes(voucher.kind) && (
          <Button onClick={() => setAsking('reverse')}>红字冲销</Button>
        )}
      {may('funds.prepare') && voucher.reversedById && (
        <LinkButton to={withQuery(fundsPath.newVoucher, { corrects: voucher.id })}>填更正凭证</LinkButton>
      )}
      {asking === 'return' && (
        <AskDialog
          title="退回制单人"
          okText="退回"
          fields={[field.longtext('words', '退回原因', { required: true })]}
          close={() => setAsking(null)}
          send={(values) => deed(() => post(`${at}/return`, { words: values['words'] ?? '' }), '已退回。')}
        />
      )}
      {asking === 'reverse' && (
        <AskDialog
          title={`红字冲销 ${numberText(voucher.month, voucher.no)}`}
          okText="生成红字凭证"
          danger
          fields={[field.date('onDate', '冲销日期', { required: true, help: '在同一年度、未结账的月份。' })]}
          initial={{ onDate: voucher.onDate }}
          close={() => setAsking(null)}
          send={(values) =>
            post<Voucher>(`${at}/reverse`, values).then(async (red) => {
              await queries.invalidateQueries({ queryKey: ['funds'] })
              toast('已生成红字凭证，等待审核。')
              void navigate({ to: fundsPath.voucher(red.id) as never })
            })
          }
        />
      )}
    </>
  )
}

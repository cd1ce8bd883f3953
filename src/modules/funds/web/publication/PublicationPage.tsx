import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { withQuery } from '../../../../web/path.ts'
import { LinkButton } from '../../../../web/ui/LinkButton.tsx'
import { Card, Facts, Page } from '../../../../web/ui/Page.tsx'
import { Loaded, Notice } from '../../../../web/ui/states.tsx'
import { Timeline } from '../../../../web/ui/Timeline.tsx'
import type { PublicationRow } from '../../publication-contract.ts'
import { AskDialog } from '../AskDialog.tsx'
import { fundsPath } from '../paths.ts'
import { AccountText, StateTag } from './AccountText.tsx'
import '../funds.css'

interface Detail {
  publication: PublicationRow
  acts: Parameters<typeof Timeline>[0]['acts']
  may: { approve: boolean; takeDown: boolean; withdraw: boolean }
}

/** Accounts that were asked to be published: the text as it hangs, who decided, the way to the board. */
export function PublicationPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const queries = useQueryClient()
  const [verb, setVerb] = useState<'同意' | '退回' | '终止' | '撤回' | null>(null)
  const detail = useQuery({
    queryKey: ['funds', 'publication', 'one', id],
    queryFn: () => get<Detail>(`/api/funds/publications/${id}`),
  })
  return (
    <Loaded query={detail}>
      {({ publication, acts, may }) => (
        <Page
          title={publication.title}
          narrow
          crumbs={[
            {
              title: '财务报表',
              to: withQuery(fundsPath.statements, {
                unit: publication.unitId,
                year: publication.year,
                month: publication.yearly ? 'year' : publication.month,
              }),
            },
          ]}
          actions={
            <>
              {publication.itemId && (
                <>
                  <Button href={`/print/openness/${publication.itemId}`} target="_blank">
                    打印张贴
                  </Button>
                  <LinkButton to={`/openness/items/${publication.itemId}`}>公开事项</LinkButton>
                </>
              )}
              {may.withdraw && <Button onClick={() => setVerb('撤回')}>撤回</Button>}
              {may.takeDown && (
                <Button danger onClick={() => setVerb('终止')}>
                  撤下
                </Button>
              )}
              {may.approve && (
                <>
                  <Button onClick={() => setVerb('退回')}>退回</Button>
                  <Button type="primary" onClick={() => setVerb('同意')}>
                    批准公开
                  </Button>
                </>
              )}
            </>
          }
        >
          <div className="stack">
            {publication.words && (publication.state === 'returned' || publication.state === 'ended') && (
              <Notice tone="warn">
                {publication.state === 'ended' ? '已撤下' : '已退回'}：{publication.words}
              </Notice>
            )}
            <Card title="公开" aside={<StateTag state={publication.state} />}>
              <Facts
                items={[
                  { label: '公开期间', value: `${publication.fromOn} 至 ${publication.untilOn}` },
                  { label: '提请人', value: publication.askedName },
                ]}
              />
            </Card>
            <Card title="公开内容">
              <AccountText body={publication.body} />
            </Card>
            <Card title="办理过程">
              <Timeline acts={acts} />
            </Card>
          </div>
          {verb && (
            <AskDialog
              title={verb === '同意' ? '批准公开' : verb === '终止' ? '撤下公开的账目' : verb}
              okText={verb === '同意' ? '批准公开' : verb === '终止' ? '撤下' : verb}
              done={verb === '同意' ? '已公开，职工在公开栏和手机上可以看到。' : '已办理。'}
              danger={verb === '终止'}
              fields={verb === '同意' || verb === '撤回' ? [] : [field.longtext('words', '理由', { required: true })]}
              close={() => setVerb(null)}
              send={async (values) => {
                await post(`/api/funds/publications/${id}/acts`, {
                  verb,
                  expected: publication.state,
                  ...(values['words'] ? { words: values['words'] } : {}),
                })
                for (const key of [['funds', 'publication'], ['todos']])
                  await queries.invalidateQueries({ queryKey: key })
              }}
            />
          )}
        </Page>
      )}
    </Loaded>
  )
}

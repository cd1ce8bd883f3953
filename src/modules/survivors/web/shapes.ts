import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { get } from '../../../web/api.ts'
import type { ActRow } from '../../../web/shapes.ts'
import type { Standard, SurvivorDetail, SurvivorRow } from '../contract.ts'
import { PAY_STATES, STATES, type PayState, type Result } from '../words.ts'

export type Survivor = SurvivorDetail & { acts: ActRow[] }

export const standing = (row: SurvivorRow) =>
  row.overAge && row.state === 'active'
    ? ({ text: '到期待核', tone: 'warn' } as const)
    : { text: STATES[row.state], tone: ({ active: 'good', suspended: 'warn', ended: '' } as const)[row.state] }
export const payStanding = (state: PayState) => ({
  text: PAY_STATES[state],
  tone: ({ prepared: 'info', approved: 'warn', paid: 'good' } as const)[state],
})
export const resultTone = (result: Result) =>
  ({ 待复核: 'info', 继续供养: 'good', 调整标准: 'good', 暂停: 'warn', 退出供养: '' } as const)[result]

export const useStandards = (unitId: number): UseQueryResult<Standard[]> =>
  useQuery({
    queryKey: ['survivors-standards', unitId],
    queryFn: () =>
      get<{ standards: Standard[] }>('/api/survivors/standards', { unitId }).then((answer) => answer.standards),
    enabled: unitId > 0,
  })

import { post } from '../../../../web/api.ts'
import { toast } from '../../../../web/ui/toast.tsx'
import type { Posted } from '../../voucher-contract.ts'

/** Posts vouchers in the order given and says what the rules of cash remark; a refusal is the caller's to show. */
export async function postVouchers(ids: readonly number[]): Promise<void> {
  const { remarks } = await post<Posted>('/api/funds/vouchers/post', { ids })
  for (const remark of remarks) toast(remark, 'bad')
}

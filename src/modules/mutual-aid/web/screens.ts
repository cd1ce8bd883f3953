import { moduleScreens } from '../../../web/screens.ts'

const claim = { load: () => import('./Claim.tsx'), name: 'Claim' }
const plan = { load: () => import('./PlanPage.tsx'), name: 'PlanPage' }

export default moduleScreens({
  screens: [
    { path: '/mutual-aid/claims', load: () => import('./Claims.tsx'), name: 'Claims' },
    { path: '/mutual-aid/claims/$id', ...claim },
    { path: '/mutual-aid/claims/$id/payments/$no', ...claim },
    { path: '/mutual-aid/claims/$id/returns/$no', ...claim },
    { path: '/mutual-aid/file', load: () => import('./FileClaim.tsx'), name: 'FileClaim' },
    { path: '/mutual-aid/plans', load: () => import('./Plans.tsx'), name: 'Plans' },
    { path: '/mutual-aid/plans/$plan/$unit', ...plan },
    // Where a voucher or a kept round leads back to.
    { path: '/mutual-aid/plans/$plan/$unit/money/$no', ...plan },
    { path: '/mutual-aid/plans/$plan/$unit/money/$no/union', ...plan },
    { path: '/mutual-aid/plans/$plan/$unit/premiums', ...plan },
    { path: '/mutual-aid/plans/$plan/$unit/premiums/$day', ...plan },
    { path: '/mutual-aid/plans/$plan/$unit/list/$no', ...plan },
    { path: '/mutual-aid/plans/$plan/$unit/list/$no/union', ...plan },
  ],
  menu: [{ group: '职工服务', to: '/mutual-aid/claims', title: '互助理赔', icon: 'badge', order: 30 }],
})

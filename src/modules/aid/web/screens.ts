import { moduleScreens } from '../../../web/screens.ts'

const cycle = { load: () => import('./CyclePage.tsx'), name: 'CyclePage' }
const share = { load: () => import('./ShareOrigin.tsx'), name: 'ShareOrigin' }

export default moduleScreens({
  screens: [
    { path: '/aid', load: () => import('./Programmes.tsx'), name: 'Programmes' },
    { path: '/aid/new', load: () => import('./NewProgramme.tsx'), name: 'NewProgramme' },
    { path: '/aid/programmes/$id', load: () => import('./ProgrammePage.tsx'), name: 'ProgrammePage' },
    { path: '/aid/cycles/$id', ...cycle },
    // Where kept records and vouchers lead back to: a unit's part of a list, an appeal, one person's share, a refund.
    { path: '/aid/cycles/$id/$unit', ...cycle },
    { path: '/aid/cycles/$id/appeals/$appeal', ...cycle },
    { path: '/aid/entitlements/$id', ...share },
    { path: '/aid/entitlements/$id/refund', ...share },
    { path: '/aid/entitlements/$id/refunds/$no', ...share },
    { path: '/aid/mine', load: () => import('./Mine.tsx'), name: 'Mine' },
    { path: '/aid/applications/$id', load: () => import('./ApplicationPage.tsx'), name: 'ApplicationPage' },
  ],
  menu: [
    { group: '职工服务', to: '/aid', title: '帮扶项目', icon: 'people', permissions: ['aid.read'], order: 22 },
    { group: '我的', to: '/aid/mine', title: '我的帮扶', icon: 'people', order: 23 },
  ],
})

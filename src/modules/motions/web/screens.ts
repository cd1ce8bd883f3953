import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/motions', load: () => import('./MotionList.tsx'), name: 'MotionList' },
    { path: '/motions/new', load: () => import('./MotionForm.tsx'), name: 'NewMotion' },
    { path: '/motion-sorting', load: () => import('./SortingDesk.tsx'), name: 'SortingDesk' },
    { path: '/motion-desk', load: () => import('./HandlingDesk.tsx'), name: 'HandlingDesk' },
    { path: '/motions/statistics', load: () => import('./Statistics.tsx'), name: 'Statistics' },
    { path: '/motions/settings', load: () => import('./Settings.tsx'), name: 'Settings' },
    { path: '/motions/panels', load: () => import('./Panels.tsx'), name: 'Panels' },
    { path: '/motions/panels/$id', load: () => import('./Panel.tsx'), name: 'Panel' },
    // Where a filed award says it comes from.
    { path: '/motions/panels/$id/awards/$entry', load: () => import('./Panel.tsx'), name: 'Panel' },
    { path: '/motions/$id', load: () => import('./MotionDetail.tsx'), name: 'MotionDetail' },
    { path: '/motions/$id/edit', load: () => import('./MotionForm.tsx'), name: 'EditMotion' },
    { path: '/motions/$id/print', load: () => import('./PrintMotion.tsx'), name: 'PrintMotion', bare: true },
    { path: '/motions/report', load: () => import('./PrintMotion.tsx'), name: 'PrintReport', bare: true },
    { path: '/suggestions', load: () => import('./Suggestions.tsx'), name: 'Suggestions' },
    { path: '/suggestions/new', load: () => import('./SuggestionForm.tsx'), name: 'NewSuggestion' },
    { path: '/suggestions/$id', load: () => import('./SuggestionDetail.tsx'), name: 'SuggestionDetail' },
    { path: '/motions/boxes/$id/sheet', load: () => import('./BoxSheet.tsx'), name: 'BoxSheet', bare: true },
    { path: '/box/$code', load: () => import('./BoxSlip.tsx'), name: 'BoxSlip', bare: true },
  ],
  menu: [
    // Anybody of the union may hand in and follow what is theirs.
    { group: '民主管理', to: '/motions', title: '提案', icon: 'edit', order: 30 },
    {
      group: '民主管理',
      to: '/motion-sorting',
      title: '审查立案',
      icon: 'sliders',
      permissions: ['motions.sort'],
      order: 31,
    },
    {
      group: '民主管理',
      to: '/motion-desk',
      title: '提案承办',
      icon: 'check',
      permissions: ['motions.handle'],
      order: 32,
    },
    { group: '民主管理', to: '/suggestions', title: '合理化建议', icon: 'star', order: 33 },
  ],
})

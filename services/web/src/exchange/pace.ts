/** How often a picture of a market is drawn: as fast as people read, slower on phones, barely where nobody looks. */
export function paceMs({ isHidden, isPhone }: { readonly isHidden: boolean; readonly isPhone: boolean }): number {
  if (isHidden) return 1_000;
  return isPhone ? 250 : 100;
}

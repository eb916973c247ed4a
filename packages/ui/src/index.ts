export type { Announcement, AnnouncerState, AnnouncerStep, Notice } from "./announce/announcer.ts";
export {
  clockThresholdsMs,
  flush,
  flushInMs,
  notice,
  politeEveryMs,
  silentAnnouncer,
  thresholdPassed,
} from "./announce/announcer.ts";
export { AnnouncerProvider, useAnnouncer } from "./announce/announcer-regions.tsx";
export type { Candle, CandleChartProps } from "./charts/candle-chart.tsx";
export { CandleChart } from "./charts/candle-chart.tsx";
export type { ChartColors } from "./charts/chart-colors.ts";
export { chartColorsAt, useChartColors } from "./charts/chart-colors.ts";
export type { BarRowProps, SparklineProps } from "./charts/sparks.tsx";
export { BarRow, Sparkline } from "./charts/sparks.tsx";
export type { StepChartProps } from "./charts/step-chart.tsx";
export { StepChart } from "./charts/step-chart.tsx";
export type { StepSeries } from "./charts/step-series.ts";
export type { ButtonKind, ButtonProps } from "./controls/button.tsx";
export { Button } from "./controls/button.tsx";
export type { CheckboxProps, RadioGroupProps, RadioOption, SwitchProps } from "./controls/choices.tsx";
export { Checkbox, RadioGroup, Switch } from "./controls/choices.tsx";
export type { ConfirmPanelProps } from "./controls/confirm-panel.tsx";
export { ConfirmPanel } from "./controls/confirm-panel.tsx";
export { CopyButton } from "./controls/copy-button.tsx";
export type { HoldButtonProps } from "./controls/hold-button.tsx";
export { HoldButton } from "./controls/hold-button.tsx";
export type { IconButtonProps } from "./controls/icon-button.tsx";
export { IconButton } from "./controls/icon-button.tsx";
export type { LinkProps } from "./controls/link.tsx";
export { Link } from "./controls/link.tsx";
export type { ApprovalGroup, Approver } from "./data/approval-strip.tsx";
export { ApprovalStrip } from "./data/approval-strip.tsx";
export { Avatar } from "./data/avatar.tsx";
export type { DataTableProps } from "./data/data-table.tsx";
export { DataTable } from "./data/data-table.tsx";
export type { Description } from "./data/description-list.tsx";
export { DescriptionList } from "./data/description-list.tsx";
export type { FigureProps, FilterBarProps, PageHeaderProps, PanelProps } from "./data/page-parts.tsx";
export { Figure, FilterBar, Kbd, PageHeader, Panel, Toolbar } from "./data/page-parts.tsx";
export type { LoadMoreProps, PaginationProps } from "./data/pagination.tsx";
export { LoadMore, Pagination } from "./data/pagination.tsx";
export type { Sort } from "./data/row-cursor.ts";
export { nextSort, toggled } from "./data/row-cursor.ts";
export type { Step, StepperRailProps, StepState } from "./data/stepper-rail.tsx";
export { StepperRail } from "./data/stepper-rail.tsx";
export type { Column } from "./data/table-column.ts";
export type { TimelineEntry } from "./data/timeline.tsx";
export { Timeline } from "./data/timeline.tsx";
export type { AmountDraft, AmountRules } from "./fields/amount-draft.ts";
export { amountOf, stepped } from "./fields/amount-draft.ts";
export type { DateTimeFieldProps } from "./fields/date-time-field.tsx";
export { DateTimeField } from "./fields/date-time-field.tsx";
export type { FieldTexts } from "./fields/field.tsx";
export type { FileDropProps } from "./fields/file-drop.tsx";
export { FileDrop } from "./fields/file-drop.tsx";
export type { MoneyFieldProps } from "./fields/money-field.tsx";
export { MoneyField } from "./fields/money-field.tsx";
export type { ComboBoxProps, Option, SelectProps } from "./fields/pickers.tsx";
export { ComboBox, Select } from "./fields/pickers.tsx";
export type { QuantityFieldProps } from "./fields/quantity-field.tsx";
export { QuantityField } from "./fields/quantity-field.tsx";
export type { SearchFieldProps, TextAreaProps, TextFieldProps } from "./fields/text-fields.tsx";
export { SearchField, TextArea, TextField } from "./fields/text-fields.tsx";
export type { UiLabels, UiProviderProps } from "./labels/labels.tsx";
export { englishLabels, fill, UiProvider, useLabels } from "./labels/labels.tsx";
export { currencyDecimals, currencySign } from "./money/currency.ts";
export type { AmountPart, FormatOptions } from "./money/format-amount.ts";
export { amountParts, formatAmount, signOfDecimal } from "./money/format-amount.ts";
export type { AmountFault, ParsedAmount, ParseOptions } from "./money/parse-amount.ts";
export { parseAmount } from "./money/parse-amount.ts";
export type { AmountProps, DeltaProps, QuantityProps } from "./numbers/amount.tsx";
export { Amount, Delta, NumberText, Quantity } from "./numbers/amount.tsx";
export type { CountdownProps } from "./numbers/countdown.tsx";
export { Countdown } from "./numbers/countdown.tsx";
export type { BothZonesProps, InstantProps } from "./numbers/instant.tsx";
export { BothZones, Instant } from "./numbers/instant.tsx";
export type { DialogProps } from "./overlays/dialogs.tsx";
export { Dialog, Sheet } from "./overlays/dialogs.tsx";
export type { DisclosureProps } from "./overlays/disclosure.tsx";
export { Disclosure } from "./overlays/disclosure.tsx";
export type { MenuEntry, MenuProps } from "./overlays/menu.tsx";
export { Menu } from "./overlays/menu.tsx";
export type { PopoverProps } from "./overlays/popover.tsx";
export { Popover } from "./overlays/popover.tsx";
export type { TabItem, TabsProps } from "./overlays/tabs.tsx";
export { Tabs } from "./overlays/tabs.tsx";
export type { TipProps } from "./overlays/tip.tsx";
export { Tip } from "./overlays/tip.tsx";
export type { ToastQueue, ToastText } from "./overlays/toasts.tsx";
export { createToastQueue, Toasts } from "./overlays/toasts.tsx";
export type { BannerProps, BannerTone } from "./states/banner.tsx";
export { Banner } from "./states/banner.tsx";
export type { ChipProps, FilterChipProps, ToggleChipProps } from "./states/chips.tsx";
export { Chip, FilterChip, ToggleChip } from "./states/chips.tsx";
export type { ConnectionChipProps, ConnectionLevel } from "./states/connection-chip.tsx";
export { ConnectionChip, connectionLevel } from "./states/connection-chip.tsx";
export type { MeterProps, ProgressProps } from "./states/progress.tsx";
export { Meter, Progress } from "./states/progress.tsx";
export type { BadgeProps, StatusSign, StatusTone, StatusWordProps } from "./states/status-word.tsx";
export { Badge, StatusWord } from "./states/status-word.tsx";
export type { SkeletonProps, ViewStateProps } from "./states/view-states.tsx";
export { EmptyFiltered, EmptyState, ErrorState, NoPermission, Skeleton } from "./states/view-states.tsx";
export type { CountdownFace, CountdownTone } from "./time/countdown.ts";
export { countdownFace, localDigits, nextFaceInMs } from "./time/countdown.ts";
export type { DateStyle, ZonedTime } from "./time/instants.ts";
export {
  bothZones,
  formatDate,
  formatTime,
  gregorianDate,
  offsetOf,
  relativeTime,
  zonedTime,
} from "./time/instants.ts";

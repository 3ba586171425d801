import { ReaderFact } from "../../roles";

const names: Record<ReaderFact, string> = {
  [ReaderFact.Near]: "near", [ReaderFact.Matched]: "matched", [ReaderFact.Unknown]: "unknown", [ReaderFact.Unreadable]: "unreadable",
  [ReaderFact.Gone]: "gone", [ReaderFact.Placed]: "placed", [ReaderFact.Again]: "again", [ReaderFact.Enrolled]: "enrolled",
  [ReaderFact.EnrolFailed]: "failed", [ReaderFact.Orphan]: "orphan", [ReaderFact.Missing]: "missing",
};

const numbered: ReaderFact[] = [ReaderFact.Matched, ReaderFact.Placed, ReaderFact.Enrolled, ReaderFact.EnrolFailed, ReaderFact.Orphan, ReaderFact.Missing];

/** As tests write it: `near`, `matched 3`. */
export function factText(fact: ReaderFact, value: number): string {
  return numbered.includes(fact) ? `${names[fact]} ${value}` : names[fact];
}

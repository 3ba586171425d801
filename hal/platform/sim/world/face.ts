import { Presence, ReaderModule } from "./reader";
import { Appointment } from "./scheduler";

/** The poses of a face enrolment, in this order (C2). */
export const poses = ["straight", "up", "down", "left", "right"] as const;
export type Pose = typeof poses[number];

/** A look at nobody ends with `gone` after this. */
const lookMs = 10000;

/** The face module: tells at once that somebody came, recognises only while it is told to look. */
export class FaceModule extends ReaderModule {
  private looking = false;
  private answered = false;
  private nobody: Appointment | null = null;

  /**
   * A face in a pose. In an enrolment it is one step; outside one the pose does not matter.
   * @returns milliseconds until the presence before has had its answer and this one is there.
   */
  pose(presence: number, pose: Pose): number {
    if (this.enrolment === null) return this.put(presence);
    return this.whenFree(() => {
      if (this.present !== presence) this.come(presence);
      this.answerIn(this.kind.answerMs, () => this.stepInPose(presence, pose));
    });
  }

  override powered(): void {
    super.powered();
    this.looking = false;
    this.scheduler.cancel(this.nobody);
  }

  protected override look(on: boolean): void {
    const began = on && !this.looking;
    this.looking = on;
    this.scheduler.cancel(this.nobody);
    if (!on) {
      if (this.enrolment === null) this.stopAnswer();
      return;
    }
    if (began) this.answered = false;
    if (this.present === null) this.nobody = this.scheduler.after(lookMs, () => this.tell("gone"));
    else this.recognise();
  }

  protected override appear(presence: Presence): void {
    this.come(presence);
    if (this.enrolment === null) this.recognise();
    else this.allPoses();
  }

  protected override beginEnrolment(): void {
    super.beginEnrolment();
    this.scheduler.cancel(this.nobody);
  }

  private come(presence: Presence): void {
    this.leave();
    this.scheduler.cancel(this.nobody);
    this.present = presence;
    this.answered = false;
    this.tell("near");
  }

  /** One answer a presence and look. */
  private recognise(): void {
    if (!this.looking || this.answered || this.answer !== null || this.enrolment !== null) return;
    this.answerIn(this.kind.answerMs, () => {
      this.answered = true;
      this.judge();
    });
  }

  /** Somebody who holds no pose in particular goes through them all, one after the other. */
  private allPoses(): void {
    this.answerIn(this.kind.answerMs, () => {
      const before = this.enrolment?.steps;
      this.judge();
      if (this.enrolment !== null && this.enrolment.steps !== before) this.allPoses();
    });
  }

  private stepInPose(presence: number, pose: Pose): void {
    if (this.enrolment === null) return;
    if (poses[this.enrolment.steps] === pose) this.step(presence);
    else this.tell("again");
  }
}

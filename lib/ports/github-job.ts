/** What GitHub Actions offers to the step that runs. */
export interface GithubJob {
  /** Bytes that the summary of the step still takes; 0: there is no summary. */
  summaryRoom(): Promise<number>;
  appendSummary(text: string): Promise<void>;
  /** Path in the repository of a file that a suite names by its path in the container. */
  findSource(path: string): string | undefined;
}

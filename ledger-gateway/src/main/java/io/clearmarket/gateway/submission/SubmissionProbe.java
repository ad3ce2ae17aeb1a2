package io.clearmarket.gateway.submission;

/** Told between the persistence points of a submission, so that a test can stop the process there. */
public interface SubmissionProbe {
    /** The signed envelope is committed, and nothing was sent. */
    void keptNotSent();

    /** The orderer has the envelope, and nothing remembers that it was sent. */
    void sentNotSettled();

    /** A block has the envelope, and the row does not say so. */
    void committedNotSettled();
}

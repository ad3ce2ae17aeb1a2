package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.submission.Submissions;
import java.util.List;

/**
 * Settlement as it is in memory after a start: the engine's own classes.
 *
 * @param rounds what its threads do
 * @param resend what the resender's thread does
 * @param stop ends it without a trace on the disk
 */
record VirtualEngine(
        EscrowChain chain,
        Deposits deposits,
        Submissions submissions,
        List<Rounds> rounds,
        Runnable resend,
        Runnable stop) {}

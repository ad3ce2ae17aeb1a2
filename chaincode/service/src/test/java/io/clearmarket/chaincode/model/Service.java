package io.clearmarket.chaincode.model;

import io.clearmarket.chaincode.api.Command;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** What is said beside the trade and changes nothing of it. */
record Service(
        Map<Integer, Who> cases,
        Set<Integer> answered,
        Set<Integer> reviewed,
        Set<Integer> replied,
        Set<String> exhibits) {
    static boolean isBeside(Command command) {
        return command instanceof Command.OpenCase
                || command instanceof Command.AnswerCase
                || command instanceof Command.SubmitEvidence
                || command instanceof Command.RecordReview
                || command instanceof Command.AnswerReview;
    }

    boolean take(Command command, Who by, PlainConsignment about, Instant now) {
        return switch (command) {
            case Command.OpenCase c -> by.trades() && cases.putIfAbsent(c.number(), by) == null;
            case Command.AnswerCase c ->
                by.trades() && cases.getOrDefault(c.number(), by) != by && answered.add(c.number());
            case Command.SubmitEvidence c ->
                by.trades()
                        && !about.closed
                        && about.quarrel.isOpen()
                        && about.isWithin("arbiterBy", now)
                        && exhibits.add(by + " " + c.number());
            case Command.RecordReview c ->
                by == Who.BUYER && about.accepted.contains(c.line()) && reviewed.add(c.line());
            case Command.AnswerReview c -> by == Who.MERCHANT && reviewed.contains(c.line()) && replied.add(c.line());
            default -> throw new IllegalArgumentException(command.toString());
        };
    }
}

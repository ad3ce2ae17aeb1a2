package io.clearmarket.network.embedded.peer.endorser;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.msp.MspException;
import io.clearmarket.network.embedded.msp.MspIdentity;
import io.clearmarket.network.embedded.policy.Policy;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.HeaderType;

/** What an endorser demands of a proposal before it runs anything (fabric-protocol 1.5, checks 3 to 9; 3.1.5's filters). */
final class ProposalChecks {
    static final String WRITERS = "/Channel/Application/Writers";

    private static final Duration TIME_WINDOW = Duration.ofMinutes(15);
    private static final DateTimeFormatter RFC3339 =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final PeerLedger ledger;
    private final Clock clock;

    ProposalChecks(PeerLedger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The filters in front of the endorser: expired identity, time outside the window. */
    Optional<Outcome.Unanswered> filtered(UnpackedProposal proposal) {
        try {
            MspIdentity creator =
                    ledger.msps().deserialize(proposal.signatureHeader().getCreator());
            if (creator.expiredAt(clock.instant().getEpochSecond())) {
                return Optional.of(new Outcome.Unanswered("proposal client identity expired"));
            }
        } catch (MspException unknown) {
            // the endorser's own checks say so in their words
        }
        Timestamp timestamp = proposal.channelHeader().getTimestamp();
        Instant now = clock.instant();
        return outOfWindow(timestamp, now)
                .map(claimed -> new Outcome.Unanswered("request unauthorized due to incorrect timestamp " + claimed
                        + ", peer time " + text(now) + ", peer.authentication.timewindow 15m0s"));
    }

    /** The claimed time, if it is too far from now. */
    private static Optional<String> outOfWindow(Timestamp timestamp, Instant now) {
        try {
            Instant claimed = Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
            boolean within = Duration.between(claimed, now).abs().compareTo(TIME_WINDOW) <= 0;
            return within ? Optional.empty() : Optional.of(text(claimed));
        } catch (DateTimeException | ArithmeticException noTime) {
            return Optional.of(timestamp.getSeconds() + "s");
        }
    }

    /** The first failed check, or empty. */
    Optional<Outcome.Rejected> rejected(UnpackedProposal proposal, boolean systemChaincode) {
        Optional<String> malformed = header(proposal).map(text -> "error validating proposal: " + text);
        if (malformed.isPresent()) {
            return malformed.map(Outcome.Rejected::new);
        }
        return access(proposal, systemChaincode).map(Outcome.Rejected::new);
    }

    private static Optional<String> header(UnpackedProposal proposal) {
        int type = proposal.channelHeader().getType();
        if (type != HeaderType.ENDORSER_TRANSACTION_VALUE && type != HeaderType.CONFIG_VALUE) {
            HeaderType known = HeaderType.forNumber(type);
            return Optional.of("invalid header type " + (known == null ? Integer.toString(type) : known.name()));
        }
        ByteString nonce = proposal.signatureHeader().getNonce();
        ByteString creator = proposal.signatureHeader().getCreator();
        if (proposal.channelHeader().getEpoch() != 0) {
            return Optional.of("epoch is non-zero");
        }
        if (nonce.isEmpty()) {
            return Optional.of("nonce is empty");
        }
        if (creator.isEmpty()) {
            return Optional.of("creator is empty");
        }
        String expected = HexFormat.of().formatHex(sha256(nonce.concat(creator)));
        return expected.equals(proposal.transactionId())
                ? Optional.empty()
                : Optional.of(
                        "incorrectly computed txid '" + proposal.transactionId() + "' -- expected '" + expected + "'");
    }

    private Optional<String> access(UnpackedProposal proposal, boolean systemChaincode) {
        ByteString creatorBytes = proposal.signatureHeader().getCreator();
        MspIdentity creator;
        try {
            creator = ledger.msps().deserialize(creatorBytes);
        } catch (MspException e) {
            return Optional.of("error validating proposal: access denied: channel [" + proposal.channel()
                    + "] creator org unknown, creator is malformed");
        }
        // the policy verifies the signature; only if it says no, or is not asked, is the signature looked at by itself
        Optional<String> denied =
                systemChaincode ? Optional.of("not asked") : policy(WRITERS).evaluate(List.of(signedData(proposal)));
        if (denied.isPresent() && !signedBy(creator, proposal)) {
            return Optional.of("error validating proposal: access denied: channel [" + proposal.channel()
                    + "] creator org [" + creator.mspId() + "]");
        }
        if (ledger.find(proposal.transactionId()).isPresent()) {
            return Optional.of("duplicate transaction found [" + proposal.transactionId() + "]. Creator ["
                    + HexFormat.of().formatHex(creatorBytes.toByteArray()) + "]");
        }
        return systemChaincode ? Optional.empty() : denied.map(reason -> denial(proposal.channel(), WRITERS, reason));
    }

    /** Fabric's words for an unsatisfied access policy. */
    static String denial(String channel, String path, String reason) {
        return "Failed evaluating policy on signed data during check policy on channel [" + channel + "] with policy ["
                + path + "]: [" + reason + "]";
    }

    static SignedData signedData(UnpackedProposal proposal) {
        return new SignedData(
                proposal.signed().getProposalBytes(),
                proposal.signatureHeader().getCreator(),
                proposal.signed().getSignature());
    }

    private static boolean signedBy(MspIdentity creator, UnpackedProposal proposal) {
        return creator.isValid()
                && creator.verify(
                        proposal.signed().getProposalBytes().toByteArray(),
                        proposal.signed().getSignature().toByteArray());
    }

    private Policy policy(String path) {
        return ledger.policy(path).orElseThrow(() -> new IllegalStateException("the channel has no policy " + path));
    }

    private static String text(Instant instant) {
        return RFC3339.format(instant.truncatedTo(ChronoUnit.SECONDS));
    }

    private static byte[] sha256(ByteString bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.asReadOnlyByteBuffer());
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}

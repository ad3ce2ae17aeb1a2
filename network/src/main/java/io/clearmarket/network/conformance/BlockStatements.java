package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.Expect.equal;
import static io.clearmarket.network.conformance.Expect.holds;
import static io.clearmarket.network.conformance.Expect.thrown;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.p256.P256;
import java.util.HexFormat;
import java.util.List;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Endorsement;

/** Statements 23 to 32: what an auditor recomputes. Those about every block come last, when there are many. */
final class BlockStatements {
    private static final int TWO_BYTES = 128;

    private BlockStatements() {}

    static List<Statement> all() {
        return List.of(
                Statement.of(
                        "26",
                        "A high-S signature is refused although a plain JDK would accept it",
                        BlockStatements::highS),
                Statement.of(
                        "28",
                        "The transaction id is the hash of nonce and creator; any other is refused",
                        BlockStatements::transactionId),
                Statement.of(
                        "29",
                        "An endorsement is over response payload and endorser, the proposal hash over bytes as sent",
                        BlockStatements::endorsements),
                Statement.of(
                        "30",
                        "An envelope submitted twice is VALID once and then DUPLICATE_TXID; its status stays the first",
                        BlockStatements::duplicates),
                Statement.of(
                        "31",
                        "Arguments edited after endorsement are INVALID_ENDORSER_TRANSACTION",
                        BlockStatements::editedArguments),
                Statement.of(
                        "32",
                        "A transaction id burnt by an invalid transaction cannot be used again",
                        BlockStatements::burntId));
    }

    /** About the whole chain. */
    static List<Statement> aboutEveryBlock() {
        return List.of(
                Statement.of(
                        "23",
                        "Every block names the hash of the one before it and of its data",
                        BlockStatements::chain),
                Statement.of(
                        "24",
                        "A header's number is encoded as DER does: one zero byte for block 0, 00 80 for block 128",
                        BlockStatements::numbers),
                Statement.of(
                        "25",
                        "Five metadata entries; an orderer's signature from block 1 on; a code a transaction",
                        BlockStatements::metadata),
                Statement.of("26b", "All signatures in blocks are low-S", BlockStatements::lowS),
                Statement.of(
                        "27",
                        "The commit hash is absent in block 0, recomputable after it, and equal on both peers",
                        CommitHashes::check));
    }

    private static void highS(Rig rig) {
        Client client = new Client(
                rig.connection(NetworkPlan.MARKET),
                rig.client().identity(),
                message -> Hashing.highS(P256.sign(rig.client().identity().privateKey(), message)),
                rig.chaincode());
        EndorseException e = thrown(EndorseException.class, () -> client.submit("put", rig.key(), "x"));
        equal(
                "detail",
                "error validating proposal: access denied: channel [market] creator org [MarketMSP]",
                Expect.onlyDetail(rig.market(), e));
    }

    private static void transactionId(Rig rig) throws Exception {
        Transaction endorsed = rig.client().endorse("put", rig.key(), "x");
        TransactionView view = TransactionView.of(Client.prepared(endorsed).getEnvelope(), 0);
        String expected = HexFormat.of()
                .formatHex(Hashing.sha256(
                        view.signer().getNonce().toByteArray(),
                        view.signer().getCreator().toByteArray()));
        equal("id", expected, endorsed.getTransactionId());
        equal("length of the nonce", 24, view.signer().getNonce().size());
        Proposal honest = rig.client().propose("put", rig.key(), "x");
        String other = "ab".repeat(32);
        Proposal forged = Forgery.proposal(rig.client(), honest, header -> header.setTxId(other));
        EndorseException e = thrown(EndorseException.class, forged::endorse);
        equal(
                "detail",
                "error validating proposal: incorrectly computed txid '" + other + "' -- expected '"
                        + honest.getTransactionId() + "'",
                Expect.onlyDetail(rig.market(), e));
    }

    private static void endorsements(Rig rig) throws Exception {
        Status status =
                rig.client().endorse("put", rig.key(), "x").submitAsync().getStatus();
        TransactionView view = rig.committed(status);
        List<Endorsement> endorsements = view.action().getAction().getEndorsementsList();
        equal("number of endorsements", 2, endorsements.size());
        for (Endorsement endorsement : endorsements) {
            equal(
                    "endorsement verifies",
                    true,
                    Endorsing.verifies(view.action().getAction().getProposalResponsePayload(), endorsement));
        }
        equal(
                "the gateway's own endorsement comes first",
                NetworkPlan.MARKET,
                Endorsing.mspId(endorsements.getFirst().getEndorser()));
        equal("proposal hash", Endorsing.proposalHash(view), view.response().getProposalHash());
    }

    private static void duplicates(Rig rig) throws Exception {
        List<Status> together = rig.sameBlock(() -> {
            Transaction twice = rig.client().endorse("put", rig.key(), "x");
            // both at once would be judged by the status of the first; a third one marks where the second ended up
            return List.of(twice, twice, rig.client().endorse("put", rig.key(), "y"));
        });
        Block block = rig.client().block(together.getFirst().getBlockNumber());
        List<Integer> codes = TransactionView.of(block).stream()
                .filter(view ->
                        view.channel().getTxId().equals(together.getFirst().getTransactionId()))
                .map(TransactionView::code)
                .toList();
        equal("codes in one block", List.of(0, 9), codes);
        Transaction again = rig.client().endorse("put", rig.key(), "x");
        Status first = again.submitAsync().getStatus();
        Status second = again.submitAsync().getStatus();
        equal("block asked again", first.getBlockNumber(), second.getBlockNumber());
        equal("code asked again", "VALID", second.getCode().name());
        Status marker =
                rig.client().endorse("put", rig.key(), "z").submitAsync().getStatus();
        boolean found = false;
        for (long number = first.getBlockNumber() + 1; number <= marker.getBlockNumber(); number++) {
            found |= TransactionView.of(rig.client().block(number)).stream()
                    .anyMatch(view -> view.channel().getTxId().equals(again.getTransactionId()) && view.code() == 9);
        }
        equal("DUPLICATE_TXID in a later block", true, found);
    }

    private static void editedArguments(Rig rig) throws Exception {
        String key = rig.key();
        Transaction honest = rig.client().endorse("put", key, "honest");
        Transaction edited = Forgery.action(rig.client(), honest, action -> {
            try {
                ChaincodeProposalPayload payload =
                        ChaincodeProposalPayload.parseFrom(action.getChaincodeProposalPayload());
                ChaincodeInvocationSpec.Builder spec =
                        ChaincodeInvocationSpec.parseFrom(payload.getInput()).toBuilder();
                spec.getChaincodeSpecBuilder().getInputBuilder().setArgs(2, ByteString.copyFromUtf8("edited"));
                action.setChaincodeProposalPayload(payload.toBuilder()
                        .setInput(spec.build().toByteString())
                        .build()
                        .toByteString());
            } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        });
        equal("code", "INVALID_ENDORSER_TRANSACTION", ConflictStatements.code(edited));
        equal("length", "0", rig.evaluate("length", key));
    }

    private static void burntId(Rig rig) throws Exception {
        Transaction full = rig.client().endorse("put", rig.key(), "x");
        Transaction lacking = Forgery.endorsements(rig.client(), full, all -> all.subList(0, 1));
        Status burnt = lacking.submitAsync().getStatus();
        equal("first use", "ENDORSEMENT_POLICY_FAILURE", burnt.getCode().name());
        full.submitAsync();
        Status marker =
                rig.client().endorse("put", rig.key(), "z").submitAsync().getStatus();
        List<Integer> codes = new java.util.ArrayList<>();
        for (long number = burnt.getBlockNumber(); number <= marker.getBlockNumber(); number++) {
            for (TransactionView view : TransactionView.of(rig.client().block(number))) {
                if (view.channel().getTxId().equals(full.getTransactionId())) {
                    codes.add(view.code());
                }
            }
        }
        equal("codes", List.of(10, 9), codes);
    }

    private static void chain(Rig rig) throws Exception {
        ByteString previous = ByteString.EMPTY;
        long height = rig.client().height();
        for (long number = 0; number < height; number++) {
            Block block = rig.client().block(number);
            equal("number", number, block.getHeader().getNumber());
            equal(
                    "previous hash of block " + number,
                    previous,
                    block.getHeader().getPreviousHash());
            equal(
                    "data hash of block " + number,
                    Hashing.dataHash(block.getData()),
                    block.getHeader().getDataHash());
            previous = Hashing.headerHash(block.getHeader());
        }
    }

    private static void numbers(Rig rig) throws Exception {
        equal(
                "DER of block 0",
                (byte) 0,
                Hashing.headerDer(rig.client().block(0).getHeader())[4]);
        while (rig.client().height() <= TWO_BYTES + 1) {
            rig.submit("put", rig.key(), "x");
        }
        byte[] der = Hashing.headerDer(rig.client().block(TWO_BYTES).getHeader());
        equal("DER of 128", "02020080", HexFormat.of().formatHex(der, 2, 6));
        equal(
                "the network's hash of block 128",
                ByteString.copyFrom(Hashing.sha256(der)),
                rig.client().block(TWO_BYTES + 1).getHeader().getPreviousHash());
    }

    private static void metadata(Rig rig) throws Exception {
        long height = rig.client().height();
        for (long number = 0; number < height; number++) {
            Block block = rig.client().block(number);
            equal("metadata entries", 5, block.getMetadata().getMetadataCount());
            equal(
                    "codes",
                    block.getData().getDataCount(),
                    block.getMetadata().getMetadata(2).size());
            Metadata signed = Metadata.parseFrom(block.getMetadata().getMetadata(0));
            if (number == 0) {
                equal("signatures of block 0", 0, signed.getSignaturesCount());
                continue;
            }
            holds("signed", signed.getSignaturesCount() > 0, number);
            for (MetadataSignature signature : signed.getSignaturesList()) {
                requireOrderers(rig, block, signed, signature);
            }
        }
    }

    private static void requireOrderers(Rig rig, Block block, Metadata signed, MetadataSignature signature)
            throws Exception {
        ByteString creator =
                SignatureHeader.parseFrom(signature.getSignatureHeader()).getCreator();
        var certificate = Endorsing.certificate(creator);
        equal("signer's organisation", NetworkPlan.ORDERER, Endorsing.mspId(creator));
        certificate.verify(rig.network().ordererCa().certificate().getPublicKey());
        byte[] input = signed.getValue()
                .concat(signature.getSignatureHeader())
                .concat(ByteString.copyFrom(Hashing.headerDer(block.getHeader())))
                .toByteArray();
        equal(
                "orderer's signature on block " + block.getHeader().getNumber(),
                true,
                P256.verify(
                        certificate.getPublicKey(),
                        input,
                        signature.getSignature().toByteArray()));
    }

    private static void lowS(Rig rig) throws Exception {
        long height = rig.client().height();
        for (long number = 1; number < height; number++) {
            Block block = rig.client().block(number);
            Metadata signed = Metadata.parseFrom(block.getMetadata().getMetadata(0));
            signed.getSignaturesList()
                    .forEach(each -> equal("low-S of the orderer", true, Hashing.isLowS(each.getSignature())));
            for (TransactionView view : TransactionView.of(block)) {
                equal(
                        "low-S of an envelope",
                        true,
                        Hashing.isLowS(view.envelope().getSignature()));
                view.action()
                        .getAction()
                        .getEndorsementsList()
                        .forEach(each -> equal("low-S of an endorsement", true, Hashing.isLowS(each.getSignature())));
            }
        }
    }
}

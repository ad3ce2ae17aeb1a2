package io.clearmarket.wallet.fabric;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.ShownText;
import io.clearmarket.wallet.identity.Identity;
import java.time.Instant;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;

/** What proposal and transaction have in common, its transaction id recomputed. */
record TransactionHeader(
        String channel,
        String chaincode,
        String transactionId,
        Instant timestamp,
        Identity creator,
        ByteString channelHeader,
        ByteString signatureHeader) {

    static TransactionHeader decode(Header header) {
        ChannelHeader channel = Strictly.parse(ChannelHeader.parser(), header.getChannelHeader(), "the channel header");
        SignatureHeader signature =
                Strictly.parse(SignatureHeader.parser(), header.getSignatureHeader(), "the signature header");
        if (channel.getType() != HeaderType.ENDORSER_TRANSACTION_VALUE || channel.getEpoch() != 0) {
            throw new RefusedToSign("the header's type is " + channel.getType() + " in epoch " + channel.getEpoch()
                    + ", where a chaincode transaction has type 3 in epoch 0");
        }
        String expected = TransactionIds.of(
                signature.getNonce().toByteArray(), signature.getCreator().toByteArray());
        if (!channel.getTxId().equals(expected)) {
            throw new RefusedToSign("the transaction id is " + ShownText.of(channel.getTxId())
                    + ", but creator and nonce give " + expected);
        }
        ChaincodeHeaderExtension extension =
                Strictly.parse(ChaincodeHeaderExtension.parser(), channel.getExtension(), "the header's extension");
        return new TransactionHeader(
                ShownText.of(channel.getChannelId()),
                extension.getChaincodeId().getName(),
                expected,
                time(channel),
                creator(signature.getCreator()),
                header.getChannelHeader(),
                header.getSignatureHeader());
    }

    static Identity creator(ByteString serialized) {
        try {
            return Identity.fromSerialized(serialized);
        } catch (IllegalArgumentException e) {
            throw new RefusedToSign("an identity cannot be decoded: " + e.getMessage(), e);
        }
    }

    private static Instant time(ChannelHeader channel) {
        try {
            return Instant.ofEpochSecond(
                    channel.getTimestamp().getSeconds(), channel.getTimestamp().getNanos());
        } catch (java.time.DateTimeException | ArithmeticException e) {
            throw new RefusedToSign(
                    "the timestamp is no time: " + channel.getTimestamp().getSeconds() + " s", e);
        }
    }
}

package io.clearmarket.network.embedded.hostile;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.hyperledger.fabric.protos.peer.DelState;
import org.hyperledger.fabric.protos.peer.GetHistoryForKey;
import org.hyperledger.fabric.protos.peer.GetQueryResult;
import org.hyperledger.fabric.protos.peer.GetState;
import org.hyperledger.fabric.protos.peer.GetStateByRange;
import org.hyperledger.fabric.protos.peer.GetStateMetadata;
import org.hyperledger.fabric.protos.peer.PutState;
import org.hyperledger.fabric.protos.peer.PutStateMetadata;
import org.hyperledger.fabric.protos.peer.QueryMetadata;
import org.hyperledger.fabric.protos.peer.StateMetadata;

/** What a chaincode asks of its peer, each kind at least once, as {@link HostileChaincode#say} takes it. */
final class ChaincodeRequests {
    private static final String OWN = "_implicit_org_PlatformMSP";

    private ChaincodeRequests() {}

    static List<byte[]> all() {
        byte[] range = said(
                ChaincodeMessage.Type.GET_STATE_BY_RANGE,
                GetStateByRange.newBuilder()
                        .setStartKey("a")
                        .setEndKey("z")
                        .setMetadata(QueryMetadata.newBuilder()
                                .setPageSize(2)
                                .build()
                                .toByteString())
                        .build());
        byte[] next = HostileChaincode.said(ChaincodeMessage.Type.QUERY_STATE_NEXT, new byte[0]);
        byte[] close = HostileChaincode.said(ChaincodeMessage.Type.QUERY_STATE_CLOSE, new byte[0]);
        byte[] put = said(
                ChaincodeMessage.Type.PUT_STATE,
                PutState.newBuilder()
                        .setKey("k")
                        .setValue(ByteString.copyFromUtf8("v"))
                        .build());
        byte[] get = said(
                ChaincodeMessage.Type.GET_STATE,
                GetState.newBuilder().setKey("k").build());
        return List.of(
                get,
                put,
                joined(put, get),
                joined(range, next, close),
                joined(
                        said(
                                ChaincodeMessage.Type.GET_HISTORY_FOR_KEY,
                                GetHistoryForKey.newBuilder().setKey("k").build()),
                        next,
                        close),
                said(
                        ChaincodeMessage.Type.DEL_STATE,
                        DelState.newBuilder().setKey("k").build()),
                said(
                        ChaincodeMessage.Type.GET_QUERY_RESULT,
                        GetQueryResult.newBuilder().setQuery("{}").build()),
                said(
                        ChaincodeMessage.Type.GET_STATE_METADATA,
                        GetStateMetadata.newBuilder().setKey("k").build()),
                said(
                        ChaincodeMessage.Type.PUT_STATE_METADATA,
                        PutStateMetadata.newBuilder()
                                .setKey("k")
                                .setMetadata(StateMetadata.newBuilder().setMetakey("VALIDATION_PARAMETER"))
                                .build()),
                said(
                        ChaincodeMessage.Type.PUT_STATE,
                        PutState.newBuilder().setKey("p").setCollection(OWN).build()),
                said(
                        ChaincodeMessage.Type.GET_STATE,
                        GetState.newBuilder().setKey("p").setCollection(OWN).build()),
                said(
                        ChaincodeMessage.Type.GET_PRIVATE_DATA_HASH,
                        GetState.newBuilder().setKey("p").setCollection(OWN).build()),
                said(
                        ChaincodeMessage.Type.PURGE_PRIVATE_DATA,
                        DelState.newBuilder().setKey("p").setCollection(OWN).build()),
                said(
                        ChaincodeMessage.Type.INVOKE_CHAINCODE,
                        ChaincodeSpec.newBuilder()
                                .setChaincodeId(ChaincodeID.newBuilder().setName("rig"))
                                .setInput(ChaincodeInput.newBuilder()
                                        .addArgs(ByteString.copyFromUtf8("get"))
                                        .addArgs(ByteString.copyFromUtf8("k")))
                                .build()),
                said(ChaincodeMessage.Type.ERROR, ChaincodeID.getDefaultInstance()),
                HostileChaincode.raw(ChaincodeMessage.newBuilder()
                        .setType(ChaincodeMessage.Type.KEEPALIVE)
                        .build()
                        .toByteArray()));
    }

    private static byte[] said(ChaincodeMessage.Type type, Message request) {
        return HostileChaincode.said(type, request.toByteArray());
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

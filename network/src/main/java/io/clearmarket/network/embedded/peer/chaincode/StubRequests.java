package io.clearmarket.network.embedded.peer.chaincode;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.ledger.Simulator.Refused;
import java.util.List;
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
import org.hyperledger.fabric.protos.peer.QueryResponse;
import org.hyperledger.fabric.protos.peer.QueryResponseMetadata;
import org.hyperledger.fabric.protos.peer.QueryResultBytes;
import org.hyperledger.fabric.protos.peer.QueryStateClose;
import org.hyperledger.fabric.protos.peer.QueryStateNext;
import org.hyperledger.fabric.protos.peer.StateMetadata;
import org.hyperledger.fabric.protos.peer.StateMetadataResult;

/** Answers what a running chaincode asks of its peer: state, ranges, history, other chaincodes (fabric-protocol 3.3). */
final class StubRequests {
    private static final String VALIDATION_PARAMETER = "VALIDATION_PARAMETER";

    private final ChaincodeSupport support;

    StubRequests(ChaincodeSupport support) {
        this.support = support;
    }

    /** RESPONSE, or ERROR with the cause that a peer gives. */
    ChaincodeMessage answer(ChaincodeMessage request, TransactionContext context) {
        try {
            return reply(request, ChaincodeMessage.Type.RESPONSE, payload(request, context));
        } catch (Refused | ChaincodeFailure e) {
            return failure(request, String.valueOf(e.getMessage()));
        } catch (InvalidProtocolBufferException e) {
            return failure(request, "unmarshal failed: " + e.getMessage());
        } catch (RuntimeException e) {
            return failure(request, e.toString());
        }
    }

    static ChaincodeMessage failure(ChaincodeMessage request, String cause) {
        String text = request.getType() + " failed: transaction ID: " + request.getTxid() + ": " + cause;
        return reply(request, ChaincodeMessage.Type.ERROR, ByteString.copyFromUtf8(text));
    }

    private static ChaincodeMessage reply(ChaincodeMessage request, ChaincodeMessage.Type type, ByteString payload) {
        return ChaincodeMessage.newBuilder()
                .setType(type)
                .setTxid(request.getTxid())
                .setChannelId(request.getChannelId())
                .setPayload(payload)
                .build();
    }

    private ByteString payload(ChaincodeMessage request, TransactionContext context)
            throws Refused, ChaincodeFailure, InvalidProtocolBufferException {
        ByteString body = request.getPayload();
        return switch (request.getType()) {
            case GET_STATE -> getState(GetState.parseFrom(body), context);
            case PUT_STATE -> putState(PutState.parseFrom(body), context);
            case DEL_STATE -> deleteState(DelState.parseFrom(body), context);
            case GET_STATE_METADATA -> getMetadata(GetStateMetadata.parseFrom(body), context);
            case PUT_STATE_METADATA -> putMetadata(PutStateMetadata.parseFrom(body), context);
            case GET_STATE_BY_RANGE -> range(GetStateByRange.parseFrom(body), context);
            case GET_QUERY_RESULT -> throw richQuery(GetQueryResult.parseFrom(body));
            case GET_HISTORY_FOR_KEY -> history(GetHistoryForKey.parseFrom(body), context);
            case QUERY_STATE_NEXT -> next(QueryStateNext.parseFrom(body).getId(), context);
            case QUERY_STATE_CLOSE -> close(QueryStateClose.parseFrom(body).getId(), context);
            case INVOKE_CHAINCODE -> invoke(ChaincodeSpec.parseFrom(body), context);
            case GET_PRIVATE_DATA_HASH ->
                throw noCollection(GetState.parseFrom(body).getCollection(), context);
            case PURGE_PRIVATE_DATA ->
                throw noCollection(DelState.parseFrom(body).getCollection(), context);
            default -> throw new IllegalStateException("not a stub request: " + request.getType());
        };
    }

    private static ByteString getState(GetState get, TransactionContext context) throws Refused {
        requirePublic(get.getCollection(), context);
        return context.simulator().getState(namespace(context), get.getKey());
    }

    private static ByteString putState(PutState put, TransactionContext context) throws Refused {
        requirePublic(put.getCollection(), context);
        context.simulator().putState(namespace(context), put.getKey(), put.getValue());
        return ByteString.EMPTY;
    }

    private static ByteString deleteState(DelState delete, TransactionContext context) throws Refused {
        requirePublic(delete.getCollection(), context);
        context.simulator().deleteState(namespace(context), delete.getKey());
        return ByteString.EMPTY;
    }

    private static ByteString getMetadata(GetStateMetadata get, TransactionContext context) throws Refused {
        requirePublic(get.getCollection(), context);
        ByteString policy = context.simulator().getValidationParameter(namespace(context), get.getKey());
        StateMetadataResult.Builder result = StateMetadataResult.newBuilder();
        if (policy != null) {
            result.addEntries(
                    StateMetadata.newBuilder().setMetakey(VALIDATION_PARAMETER).setValue(policy));
        }
        return result.build().toByteString();
    }

    private static ByteString putMetadata(PutStateMetadata put, TransactionContext context) throws Refused {
        requirePublic(put.getCollection(), context);
        context.simulator()
                .putValidationParameter(
                        namespace(context), put.getKey(), put.getMetadata().getValue());
        return ByteString.EMPTY;
    }

    private static ByteString range(GetStateByRange range, TransactionContext context)
            throws Refused, InvalidProtocolBufferException {
        requirePublic(range.getCollection(), context);
        QueryMetadata paging = QueryMetadata.parseFrom(range.getMetadata());
        if (paging.getPageSize() != 0 || !paging.getBookmark().isEmpty()) {
            return page(range, paging, context);
        }
        Simulator.Cursor cursor = context.simulator().range(namespace(context), range.getStartKey(), range.getEndKey());
        return first(QueryIterator.of(cursor), context);
    }

    private static ByteString page(GetStateByRange range, QueryMetadata paging, TransactionContext context)
            throws Refused {
        Simulator.Page page = context.simulator()
                .page(
                        namespace(context),
                        range.getStartKey(),
                        range.getEndKey(),
                        paging.getPageSize(),
                        paging.getBookmark());
        List<ByteString> results =
                page.results().stream().map(result -> result.toByteString()).toList();
        ByteString metadata = QueryResponseMetadata.newBuilder()
                .setFetchedRecordsCount(results.size())
                .setBookmark(page.bookmark())
                .build()
                .toByteString();
        String id = context.open(QueryIterator.of(List.of()));
        return response(new QueryIterator.Batch(results, false), id)
                .setMetadata(metadata)
                .build()
                .toByteString();
    }

    private static ByteString history(GetHistoryForKey query, TransactionContext context) throws Refused {
        return first(QueryIterator.of(context.simulator().history(namespace(context), query.getKey())), context);
    }

    private static ByteString first(QueryIterator iterator, TransactionContext context) throws Refused {
        return next(context.open(iterator), context);
    }

    private static ByteString next(String id, TransactionContext context) throws Refused {
        QueryIterator iterator = context.iterator(id).orElseThrow(() -> new Refused("query iterator not found"));
        QueryIterator.Batch batch = iterator.next();
        if (!batch.hasMore()) {
            context.closeIterator(id);
        }
        return response(batch, id).build().toByteString();
    }

    /** Answers for unknown ids too: the shim always closes, exhausted or not. */
    private static ByteString close(String id, TransactionContext context) {
        context.closeIterator(id);
        return QueryResponse.newBuilder().setId(id).build().toByteString();
    }

    private static QueryResponse.Builder response(QueryIterator.Batch batch, String id) {
        QueryResponse.Builder response =
                QueryResponse.newBuilder().setHasMore(batch.hasMore()).setId(id);
        batch.results()
                .forEach(result ->
                        response.addResults(QueryResultBytes.newBuilder().setResultBytes(result)));
        return response;
    }

    /** Same channel only: this network has one. */
    private ByteString invoke(ChaincodeSpec spec, TransactionContext context) throws Refused, ChaincodeFailure {
        String target = spec.getChaincodeId().getName();
        int slash = target.indexOf('/');
        String channel = slash < 0 ? "" : target.substring(slash + 1);
        String withVersion = slash < 0 ? target : target.substring(0, slash);
        int colon = withVersion.indexOf(':');
        String name = colon < 0 ? withVersion : withVersion.substring(0, colon);
        if (!channel.isEmpty() && !channel.equals(context.invocation().channel())) {
            throw new Refused("Failed to get policy manager for channel [" + channel + "]");
        }
        if (name.equals("qscc") || name.equals("cscc") || name.equals("_lifecycle")) {
            throw new Refused("system chaincode " + name + " cannot be invoked with a cc2cc invocation");
        }
        return support.run(context.invocation().calling(name, spec.getInput())).toByteString();
    }

    private static Refused richQuery(GetQueryResult query) {
        return new Refused(
                query.getMetadata().isEmpty()
                        ? "ExecuteQuery not supported for leveldb"
                        : "ExecuteQueryWithMetadata not supported for leveldb");
    }

    private static void requirePublic(String collection, TransactionContext context) throws Refused {
        if (!collection.isEmpty()) {
            throw noCollection(collection, context);
        }
    }

    /** This version has no private data, so no chaincode defines a collection. */
    private static Refused noCollection(String collection, TransactionContext context) {
        return new Refused("collection [" + collection + "] not defined in the collection config for chaincode ["
                + namespace(context) + "]");
    }

    private static String namespace(TransactionContext context) {
        return context.invocation().chaincode();
    }
}

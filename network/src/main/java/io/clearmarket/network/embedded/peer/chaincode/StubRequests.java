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

    private StubRequests() {}

    /** Whether it is answered from memory, so that the thread that reads the stream may answer it. */
    static boolean isQuick(ChaincodeMessage request) {
        return switch (request.getType()) {
            case GET_STATE, PUT_STATE, DEL_STATE -> true;
            default -> false;
        };
    }

    /** RESPONSE, or ERROR with the cause that a peer gives. */
    static ChaincodeMessage answer(ChaincodeMessage request, TransactionContext context) {
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

    private static ByteString payload(ChaincodeMessage request, TransactionContext context)
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
            case GET_PRIVATE_DATA_HASH -> getHash(GetState.parseFrom(body), context);
            case PURGE_PRIVATE_DATA -> purge(DelState.parseFrom(body), context);
            default -> throw new IllegalStateException("not a stub request: " + request.getType());
        };
    }

    private static ByteString getState(GetState get, TransactionContext context) throws Refused {
        return get.getCollection().isEmpty()
                ? context.simulator().getState(namespace(context), get.getKey())
                : PrivateRequests.get(get.getCollection(), get.getKey(), context);
    }

    private static ByteString getHash(GetState get, TransactionContext context) throws Refused {
        return PrivateRequests.getHash(get.getCollection(), get.getKey(), context);
    }

    private static ByteString putState(PutState put, TransactionContext context) throws Refused {
        if (put.getCollection().isEmpty()) {
            context.simulator().putState(namespace(context), put.getKey(), put.getValue());
        } else {
            PrivateRequests.put(put.getCollection(), put.getKey(), put.getValue(), context);
        }
        return ByteString.EMPTY;
    }

    private static ByteString deleteState(DelState delete, TransactionContext context) throws Refused {
        if (delete.getCollection().isEmpty()) {
            context.simulator().deleteState(namespace(context), delete.getKey());
        } else {
            PrivateRequests.put(delete.getCollection(), delete.getKey(), ByteString.EMPTY, context);
        }
        return ByteString.EMPTY;
    }

    private static ByteString purge(DelState purge, TransactionContext context) throws Refused {
        if (purge.getCollection().isEmpty()) {
            throw new Refused("only applicable for private data");
        }
        PrivateRequests.purge(purge.getCollection(), purge.getKey(), context);
        return ByteString.EMPTY;
    }

    private static ByteString getMetadata(GetStateMetadata get, TransactionContext context) throws Refused {
        ByteString policy = get.getCollection().isEmpty()
                ? context.simulator().getValidationParameter(namespace(context), get.getKey())
                : PrivateRequests.getValidationParameter(get.getCollection(), get.getKey(), context);
        StateMetadataResult.Builder result = StateMetadataResult.newBuilder();
        if (policy != null) {
            result.addEntries(
                    StateMetadata.newBuilder().setMetakey(VALIDATION_PARAMETER).setValue(policy));
        }
        return result.build().toByteString();
    }

    private static ByteString putMetadata(PutStateMetadata put, TransactionContext context) throws Refused {
        ByteString policy = put.getMetadata().getValue();
        if (put.getCollection().isEmpty()) {
            context.simulator().putValidationParameter(namespace(context), put.getKey(), policy);
        } else {
            PrivateRequests.putValidationParameter(put.getCollection(), put.getKey(), policy, context);
        }
        return ByteString.EMPTY;
    }

    private static ByteString range(GetStateByRange range, TransactionContext context)
            throws Refused, InvalidProtocolBufferException {
        if (!range.getCollection().isEmpty()) {
            // pages are not known to private data: the query metadata is left alone, as a peer does
            Simulator.Cursor cursor =
                    PrivateRequests.range(range.getCollection(), range.getStartKey(), range.getEndKey(), context);
            return first(QueryIterator.of(cursor), context);
        }
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

    /** On another channel of this peer it only reads: what it writes there is dropped. */
    private static ByteString invoke(ChaincodeSpec spec, TransactionContext context) throws Refused, ChaincodeFailure {
        String target = spec.getChaincodeId().getName();
        int slash = target.indexOf('/');
        String channel = slash < 0 ? "" : target.substring(slash + 1);
        String withVersion = slash < 0 ? target : target.substring(0, slash);
        int colon = withVersion.indexOf(':');
        String name = colon < 0 ? withVersion : withVersion.substring(0, colon);
        if (name.equals("qscc") || name.equals("cscc") || name.equals("_lifecycle")) {
            throw new Refused("system chaincode " + name + " cannot be invoked with a cc2cc invocation");
        }
        Invocation called = context.invocation().calling(name, spec.getInput());
        return channel.isEmpty() || channel.equals(called.channel())
                ? context.support().run(called).toByteString()
                : context.support().runOn(channel, called).toByteString();
    }

    private static Refused richQuery(GetQueryResult query) {
        return new Refused(
                query.getMetadata().isEmpty()
                        ? "ExecuteQuery not supported for leveldb"
                        : "ExecuteQueryWithMetadata not supported for leveldb");
    }

    private static String namespace(TransactionContext context) {
        return context.invocation().chaincode();
    }
}

package io.clearmarket.network.embedded.hostile;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Messages within messages, whatever their types: each layer of a message is named by the numbers of the fields that lead to it,
 * from the outside in, the first occurrence of each.
 */
final class Layers {
    private static final int DEEPEST = 9;

    private Layers() {}

    /** The whole message, which is the empty path, and every field that may be a message itself, outer ones first. */
    static List<List<Integer>> of(byte[] message) {
        List<List<Integer>> paths = new ArrayList<>();
        collect(ByteString.copyFrom(message), List.of(), paths);
        return paths;
    }

    private static void collect(ByteString message, List<Integer> path, List<List<Integer>> into) {
        into.add(path);
        if (path.size() == DEEPEST) {
            return;
        }
        try {
            UnknownFieldSet.parseFrom(message).asMap().forEach((number, field) -> {
                if (!field.getLengthDelimitedList().isEmpty()) {
                    List<Integer> inner = new ArrayList<>(path);
                    inner.add(number);
                    collect(field.getLengthDelimitedList().getFirst(), List.copyOf(inner), into);
                }
            });
        } catch (InvalidProtocolBufferException text) {
            // a field of another kind: nothing is in it
        }
    }

    /** What a layer holds; the path must be one of the message's. */
    static ByteString at(ByteString message, List<Integer> path) {
        return path.isEmpty() ? message : at(inner(message, path.getFirst()), path.subList(1, path.size()));
    }

    /** The message with other content in that layer and right lengths around it. */
    static ByteString replaced(ByteString message, List<Integer> path, ByteString content) {
        if (path.isEmpty()) {
            return content;
        }
        int number = path.getFirst();
        ByteString inner = replaced(inner(message, number), path.subList(1, path.size()), content);
        UnknownFieldSet fields = parsed(message);
        List<ByteString> all = fields.getField(number).getLengthDelimitedList();
        Field.Builder field = Field.newBuilder().addLengthDelimited(inner);
        all.stream().skip(1).forEach(field::addLengthDelimited);
        return fields.toBuilder().addField(number, field.build()).build().toByteString();
    }

    private static ByteString inner(ByteString message, int number) {
        return parsed(message).getField(number).getLengthDelimitedList().getFirst();
    }

    private static UnknownFieldSet parsed(ByteString message) {
        try {
            return Objects.requireNonNull(UnknownFieldSet.parseFrom(message));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no message", e);
        }
    }
}

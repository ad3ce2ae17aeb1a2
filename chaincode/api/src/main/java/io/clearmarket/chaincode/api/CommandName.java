package io.clearmarket.chaincode.api;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The chaincode's transaction names: the command's simple class name with a small first letter. */
public final class CommandName {
    private static final Map<String, Class<? extends Command>> TYPES = Arrays.stream(
                    Command.class.getPermittedSubclasses())
            .flatMap(CommandName::leaves)
            .map(type -> type.<Command>asSubclass(Command.class))
            .distinct()
            .collect(Collectors.toUnmodifiableMap(CommandName::of, Function.identity()));

    private static final Map<String, Class<? extends Request>> REQUESTS = requests(TYPES);

    private CommandName() {}

    /** The transaction name of a type of command or of the batch, such as {@code placeOrder}. */
    public static String of(Class<? extends Request> type) {
        String name = type.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** Every command type by its name. */
    public static Map<String, Class<? extends Command>> types() {
        return TYPES;
    }

    /** Every type of what goes to the chaincode by its name: the commands, and {@link Batch}. */
    public static Map<String, Class<? extends Request>> requestTypes() {
        return REQUESTS;
    }

    private static Map<String, Class<? extends Request>> requests(Map<String, Class<? extends Command>> commands) {
        Map<String, Class<? extends Request>> all = new HashMap<>(commands);
        all.put(Batch.NAME, Batch.class);
        return Map.copyOf(all);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(CommandName::leaves);
    }
}

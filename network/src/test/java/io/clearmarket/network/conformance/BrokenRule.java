package io.clearmarket.network.conformance;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * A rule of the embedded network, broken in the running process by changing one method; the network's own sources know
 * nothing of it.
 *
 * @param name what the network then does
 * @param changes the methods changed
 * @param lasting whether the ledger stays damaged, so that the network cannot be used for another rule
 * @param suspects the statements that should notice
 */
record BrokenRule(String name, List<Change> changes, boolean lasting, List<String> suspects) {
    /**
     * One method.
     *
     * @param type below {@code io.clearmarket.}
     * @param arguments number of its parameters; negative for any
     */
    record Change(String type, String method, int arguments, Class<?> advice) {
        Class<?> changed() {
            try {
                return Class.forName("io.clearmarket." + type);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("the network has no class " + type + " any more", e);
            }
        }

        ElementMatcher.Junction<MethodDescription> matcher() {
            ElementMatcher.Junction<MethodDescription> byName = named(method);
            return arguments < 0 ? byName : byName.and(takesArguments(arguments));
        }
    }

    static BrokenRule of(String name, String type, String method, Class<?> advice, String... suspects) {
        return new BrokenRule(name, List.of(new Change(type, method, -1, advice)), false, List.of(suspects));
    }

    BrokenRule withArguments(int arguments) {
        List<Change> narrower = changes.stream()
                .map(each -> new Change(each.type(), each.method(), arguments, each.advice()))
                .toList();
        return new BrokenRule(name, narrower, lasting, suspects);
    }

    BrokenRule and(String type, String method, Class<?> advice) {
        List<Change> more = new ArrayList<>(changes);
        more.add(new Change(type, method, -1, advice));
        return new BrokenRule(name, more, lasting, suspects);
    }

    BrokenRule lastingly() {
        return new BrokenRule(name, changes, true, suspects);
    }

    /** Breaks the rule until the handle is closed. */
    AutoCloseable apply() {
        ClassReloadingStrategy strategy = ClassReloadingStrategy.fromInstalledAgent();
        Map<Class<?>, List<Change>> byType = new LinkedHashMap<>();
        changes.forEach(change -> byType.computeIfAbsent(change.changed(), type -> new ArrayList<>())
                .add(change));
        byType.forEach((type, changed) -> {
            // one redefinition per class: each starts from the class as it was built
            DynamicType.Builder<?> builder = new ByteBuddy().redefine(type);
            for (Change change : changed) {
                requireMethod(type, change);
                builder = builder.visit(Advice.to(change.advice()).on(change.matcher()));
            }
            builder.make().load(type.getClassLoader(), strategy);
        });
        return () -> strategy.reset(byType.keySet().toArray(Class<?>[]::new));
    }

    @Override
    public String toString() {
        return name;
    }

    private static void requireMethod(Class<?> type, Change change) {
        boolean there = java.util.Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals(change.method())
                        && (change.arguments() < 0 || method.getParameterCount() == change.arguments()));
        if (!there) {
            throw new IllegalStateException(
                    type + " has no method " + change.method() + " any more: say where its rule lives now");
        }
    }
}

package dev.atlex.client;

import com.atproto.repo.ApplyWrites;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.DeleteRecord;
import com.atproto.repo.PutRecord;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.RecordType;
import dev.atlex.syntax.AtUri;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The part of an {@link AsyncClient} that reads and writes records, with the methods of {@link RecordClient}. */
public abstract sealed class AsyncRecordClient permits AsyncClient {
    AsyncRecordClient() {}

    /** Runs a function with the client on one of the executor's threads. */
    public abstract <T> CompletableFuture<T> submit(Function<? super Client, ? extends T> work);

    /** Like {@link RecordClient#create(RecordType, Buildable)}. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<CreateRecord.Output> create(
            RecordType<T, B> type, Buildable<T, B> record) {
        return submit(client -> client.create(type, record));
    }

    /** Like {@link RecordClient#create(RecordType, Consumer)}. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<CreateRecord.Output> create(
            RecordType<T, B> type, Consumer<? super B> record) {
        return submit(client -> client.create(type, record));
    }

    /** Like {@link RecordClient#create(RecordType, Buildable, WriteOptions)}. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<CreateRecord.Output> create(
            RecordType<T, B> type, Buildable<T, B> record, WriteOptions options) {
        return submit(client -> client.create(type, record, options));
    }

    /** Like {@link RecordClient#create(RecordType, Consumer, WriteOptions)}. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<CreateRecord.Output> create(
            RecordType<T, B> type, Consumer<? super B> record, WriteOptions options) {
        return submit(client -> client.create(type, record, options));
    }

    /** Like {@link RecordClient#create(RecordType, Consumer, Consumer)}. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<CreateRecord.Output> create(
            RecordType<T, B> type, Consumer<? super B> record, Consumer<? super WriteOptions.Builder> options) {
        return submit(client -> client.create(type, record, options));
    }

    /** Like {@link RecordClient#get(RecordType)}. */
    public <T extends LexObject> CompletableFuture<RecordEntry<T>> get(RecordType<T, ?> type) {
        return submit(client -> client.get(type));
    }

    /** Like {@link RecordClient#get(RecordType, CallOptions)}. */
    public <T extends LexObject> CompletableFuture<RecordEntry<T>> get(RecordType<T, ?> type, CallOptions options) {
        return submit(client -> client.get(type, options));
    }

    /** Like {@link RecordClient#get(RecordType, String)}. */
    public <T extends LexObject> CompletableFuture<RecordEntry<T>> get(RecordType<T, ?> type, String rkey) {
        return submit(client -> client.get(type, rkey));
    }

    /** Like {@link RecordClient#get(RecordType, String, CallOptions)}. */
    public <T extends LexObject> CompletableFuture<RecordEntry<T>> get(
            RecordType<T, ?> type, String rkey, CallOptions options) {
        return submit(client -> client.get(type, rkey, options));
    }

    /** Like {@link RecordClient#get(RecordType, AtUri)}. */
    public <T extends LexObject> CompletableFuture<RecordEntry<T>> get(RecordType<T, ?> type, AtUri uri) {
        return submit(client -> client.get(type, uri));
    }

    /** Like {@link RecordClient#get(RecordType, AtUri, CallOptions)}. */
    public <T extends LexObject> CompletableFuture<RecordEntry<T>> get(
            RecordType<T, ?> type, AtUri uri, CallOptions options) {
        return submit(client -> client.get(type, uri, options));
    }

    /** Like {@link RecordClient#put(RecordType, Buildable)}. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<PutRecord.Output> put(
            RecordType<T, B> type, Buildable<T, B> record) {
        return submit(client -> client.put(type, record));
    }

    /** Like {@link RecordClient#put(RecordType, Consumer)}. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<PutRecord.Output> put(
            RecordType<T, B> type, Consumer<? super B> record) {
        return submit(client -> client.put(type, record));
    }

    /** Like {@link RecordClient#put(RecordType, Buildable, WriteOptions)}. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<PutRecord.Output> put(
            RecordType<T, B> type, Buildable<T, B> record, WriteOptions options) {
        return submit(client -> client.put(type, record, options));
    }

    /** Like {@link RecordClient#put(RecordType, Consumer, WriteOptions)}. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<PutRecord.Output> put(
            RecordType<T, B> type, Consumer<? super B> record, WriteOptions options) {
        return submit(client -> client.put(type, record, options));
    }

    /** Like {@link RecordClient#put(RecordType, Consumer, Consumer)}. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<PutRecord.Output> put(
            RecordType<T, B> type, Consumer<? super B> record, Consumer<? super WriteOptions.Builder> options) {
        return submit(client -> client.put(type, record, options));
    }

    /** Like {@link RecordClient#put(RecordType, AtUri, Buildable)}. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<PutRecord.Output> put(
            RecordType<T, B> type, AtUri uri, Buildable<T, B> record) {
        return submit(client -> client.put(type, uri, record));
    }

    /** Like {@link RecordClient#put(RecordType, AtUri, Consumer)}. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<PutRecord.Output> put(
            RecordType<T, B> type, AtUri uri, Consumer<? super B> record) {
        return submit(client -> client.put(type, uri, record));
    }

    /** Like {@link RecordClient#put(RecordType, AtUri, Buildable, WriteOptions)}. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<PutRecord.Output> put(
            RecordType<T, B> type, AtUri uri, Buildable<T, B> record, WriteOptions options) {
        return submit(client -> client.put(type, uri, record, options));
    }

    /** Like {@link RecordClient#put(RecordType, AtUri, Consumer, WriteOptions)}. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> CompletableFuture<PutRecord.Output> put(
            RecordType<T, B> type, AtUri uri, Consumer<? super B> record, WriteOptions options) {
        return submit(client -> client.put(type, uri, record, options));
    }

    /** Like {@link RecordClient#update(RecordType, UnaryOperator)}. */
    public <T extends LexObject> CompletableFuture<PutRecord.Output> update(
            RecordType<T, ?> type, UnaryOperator<T> change) {
        return submit(client -> client.update(type, change));
    }

    /** Like {@link RecordClient#update(RecordType, UnaryOperator, WriteOptions)}. */
    public <T extends LexObject> CompletableFuture<PutRecord.Output> update(
            RecordType<T, ?> type, UnaryOperator<T> change, WriteOptions options) {
        return submit(client -> client.update(type, change, options));
    }

    /** Like {@link RecordClient#update(RecordType, String, UnaryOperator)}. */
    public <T extends LexObject> CompletableFuture<PutRecord.Output> update(
            RecordType<T, ?> type, String rkey, UnaryOperator<T> change) {
        return submit(client -> client.update(type, rkey, change));
    }

    /** Like {@link RecordClient#update(RecordType, String, UnaryOperator, WriteOptions)}. */
    public <T extends LexObject> CompletableFuture<PutRecord.Output> update(
            RecordType<T, ?> type, String rkey, UnaryOperator<T> change, WriteOptions options) {
        return submit(client -> client.update(type, rkey, change, options));
    }

    /** Like {@link RecordClient#update(RecordType, AtUri, UnaryOperator)}. */
    public <T extends LexObject> CompletableFuture<PutRecord.Output> update(
            RecordType<T, ?> type, AtUri uri, UnaryOperator<T> change) {
        return submit(client -> client.update(type, uri, change));
    }

    /** Like {@link RecordClient#update(RecordType, AtUri, UnaryOperator, WriteOptions)}. */
    public <T extends LexObject> CompletableFuture<PutRecord.Output> update(
            RecordType<T, ?> type, AtUri uri, UnaryOperator<T> change, WriteOptions options) {
        return submit(client -> client.update(type, uri, change, options));
    }

    /** Like {@link RecordClient#delete(RecordType, String)}. */
    public CompletableFuture<DeleteRecord.Output> delete(RecordType<?, ?> type, String rkey) {
        return submit(client -> client.delete(type, rkey));
    }

    /** Like {@link RecordClient#delete(RecordType, WriteOptions)}. */
    public CompletableFuture<DeleteRecord.Output> delete(RecordType<?, ?> type, WriteOptions options) {
        return submit(client -> client.delete(type, options));
    }

    /** Like {@link RecordClient#delete(RecordType, AtUri)}. */
    public CompletableFuture<DeleteRecord.Output> delete(RecordType<?, ?> type, AtUri uri) {
        return submit(client -> client.delete(type, uri));
    }

    /** Like {@link RecordClient#delete(RecordType, AtUri, WriteOptions)}. */
    public CompletableFuture<DeleteRecord.Output> delete(RecordType<?, ?> type, AtUri uri, WriteOptions options) {
        return submit(client -> client.delete(type, uri, options));
    }

    /** Like {@link RecordClient#list(RecordType)}. */
    public <T extends LexObject> CompletableFuture<RecordPage<T>> list(RecordType<T, ?> type) {
        return submit(client -> client.list(type));
    }

    /** Like {@link RecordClient#list(RecordType, Consumer)}. */
    public <T extends LexObject> CompletableFuture<RecordPage<T>> list(
            RecordType<T, ?> type, Consumer<? super ListOptions.Builder> options) {
        return submit(client -> client.list(type, options));
    }

    /** Like {@link RecordClient#list(RecordType, ListOptions)}. */
    public <T extends LexObject> CompletableFuture<RecordPage<T>> list(RecordType<T, ?> type, ListOptions options) {
        return submit(client -> client.list(type, options));
    }

    /** Like {@link RecordClient#applyWrites(Consumer)}. */
    public CompletableFuture<ApplyWrites.Output> applyWrites(Consumer<? super Writes> writes) {
        return submit(client -> client.applyWrites(writes));
    }

    /** Like {@link RecordClient#applyWrites(Consumer, WriteOptions)}. */
    public CompletableFuture<ApplyWrites.Output> applyWrites(Consumer<? super Writes> writes, WriteOptions options) {
        return submit(client -> client.applyWrites(writes, options));
    }
}

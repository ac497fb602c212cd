;; The structure of the heap as numbers: two runs of one program that behave alike have equal digests (`stwasm verify`).
;; Between two slices only, when every activation is a Context. Changes nothing that lasts: while it walks, an object's hash
;; field holds the number of its visit, afterwards the old contents again.

;; Visited are, breadth first, the special objects and the active Context with everything reachable. A digest covers class
;; (its visit number), size, immutability, bytes, and of each reference the value or the visit number. Not covered, since it
;; may differ between native and interpreted activations that do the same:
;; - identity hashes: they are given when first asked for, by lookups too, and the caches of both modes miss at other times;
;; - what a closure's outer activation holds besides method and receiver: a native one has no Context until somebody asks.
;;   What the block can reach stands in the closure itself;
;; - temporaries and senders of Contexts that have returned, and slots above a Context's stack pointer: nobody reads them;
;; - weak slots: they depend on when the engine collects;
;; - translated code, caches, selector numbers.

(global $seen (mut (ref $Objects)) (array.new_fixed $Objects 0))
(global $seen_count (mut i32) (i32.const 0))
(global $seen_hashes (mut (ref $Words)) (global.get $no_words))       ;; the hash fields as they were
(global $seen_digests (mut (ref $Words)) (global.get $no_words))

;; Takes the digests of all objects; answers how many there are.
(func $take_structure (export "takeStructure") (result i32)
  (local $i i32)
  (global.set $seen (array.new_default $Objects (i32.const 131072)))
  (global.set $seen_hashes (array.new_default $Words (i32.const 131072)))
  (global.set $seen_digests (array.new_default $Words (i32.const 131072)))
  (global.set $seen_count (i32.const 0))
  (drop (call $digest_of (global.get $special_objects_array)))
  (drop (call $digest_of (global.get $active_context)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (global.get $seen_count)))
      (array.set $Words (global.get $seen_digests) (local.get $i) (call $digest_object (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (call $restore_hashes)
  (global.get $seen_count))

(func $restore_hashes
  (local $i i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (global.get $seen_count)))
      (struct.set $Object $hash (call $seen_at (local.get $i))
        (array.get $Words (global.get $seen_hashes) (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

(func $seen_at (param $index i32) (result (ref $Object))
  (ref.as_non_null (array.get $Objects (global.get $seen) (local.get $index))))

(func $structure_digest (export "structureDigest") (param $index i32) (result i32)
  (array.get $Words (global.get $seen_digests) (local.get $index)))

;; The class name of an object goes to the transfer area, behind it what tells methods, Contexts and classes apart; its length.
(func $structure_name (export "structureName") (param $index i32) (result i32)
  (local $object (ref $Object))
  (global.set $trace_end (i32.const 0))
  (local.set $object (call $seen_at (local.get $index)))
  (call $trace_class (call $class_of (local.get $object)))
  (if (ref.test (ref $Context) (local.get $object))
    (then
      (call $trace_byte (i32.const 32))
      (call $trace_line (ref.cast (ref $Context) (local.get $object)))))
  (if (ref.test (ref $CompiledMethod) (local.get $object))
    (then
      (call $trace_byte (i32.const 32))
      (call $trace_method (ref.cast (ref $CompiledMethod) (local.get $object)))))
  (if (ref.test (ref $BlockClosure) (local.get $object))
    (then
      (if (i32.eqz (ref.is_null (struct.get $BlockClosure $outer (ref.cast (ref $BlockClosure) (local.get $object)))))
        (then
          (call $trace_byte (i32.const 32))
          (call $trace_method (call $closure_method (ref.cast (ref $BlockClosure) (local.get $object))))))))
  (global.get $trace_end))

(func $end_structure (export "endStructure")
  (global.set $seen (array.new_fixed $Objects 0))
  (global.set $seen_hashes (global.get $no_words))
  (global.set $seen_digests (global.get $no_words))
  (global.set $seen_count (i32.const 0)))

;; --- references ---

(func $mix (param $digest i32) (param $value i32) (result i32)
  (i32.add (i32.const 0xe6546b64) (i32.mul (i32.const 5)
    (i32.rotl (i32.xor (local.get $digest)
        (i32.mul (i32.rotl (i32.mul (local.get $value) (i32.const 0xcc9e2d51)) (i32.const 15)) (i32.const 0x1b873593)))
      (i32.const 13)))))

(func $digest_of (param $value eqref) (result i32)
  (if (ref.is_null (local.get $value)) (then (return (i32.const 1))))
  (if (ref.test (ref i31) (local.get $value))
    (then (return_call $mix (i32.const 2) (i31.get_s (ref.cast (ref i31) (local.get $value))))))
;;@if WORD64
  (if (call $is_immediate_number (local.get $value))
    (then (return_call $mix_long (i32.const 7) (call $number_bits (ref.cast (ref $Number) (local.get $value))))))
;;@endif
  (block $other (result eqref)
    (return_call $digest_of_object (br_on_cast_fail $other eqref (ref $Object) (local.get $value))))
  (drop)
  (i32.const 4))

(func $digest_of_object (param $object (ref $Object)) (result i32)
  (local $number i32)
  (if (ref.test (ref $Character) (local.get $object))
    (then (return_call $mix (i32.const 3) (struct.get $Character $codePoint (ref.cast (ref $Character) (local.get $object))))))
  (if (i32.eqz (struct.get $Object $classIndex (local.get $object))) (then (return (i32.const 5))))
  (local.set $number (struct.get $Object $hash (local.get $object)))
  (if (i32.lt_u (local.get $number) (global.get $seen_count))
    (then (if (ref.eq (local.get $object) (call $seen_at (local.get $number)))
      (then (return_call $mix (i32.const 6) (local.get $number))))))
  (return_call $mix (i32.const 6) (call $number_object (local.get $object))))

(func $number_object (param $object (ref $Object)) (result i32)
  (local $number i32)
  (local.set $number (global.get $seen_count))
  (if (i32.eq (local.get $number) (array.len (global.get $seen))) (then (call $grow_seen (local.get $number))))
  (array.set $Objects (global.get $seen) (local.get $number) (local.get $object))
  (array.set $Words (global.get $seen_hashes) (local.get $number) (struct.get $Object $hash (local.get $object)))
  (struct.set $Object $hash (local.get $object) (local.get $number))
  (global.set $seen_count (i32.add (local.get $number) (i32.const 1)))
  (local.get $number))

(func $grow_seen (param $size i32)
  (local $objects (ref $Objects)) (local $hashes (ref $Words)) (local $digests (ref $Words))
  (local.set $objects (array.new_default $Objects (i32.shl (local.get $size) (i32.const 1))))
  (local.set $hashes (array.new_default $Words (i32.shl (local.get $size) (i32.const 1))))
  (local.set $digests (array.new_default $Words (i32.shl (local.get $size) (i32.const 1))))
  (array.copy $Objects $Objects (local.get $objects) (i32.const 0) (global.get $seen) (i32.const 0) (local.get $size))
  (array.copy $Words $Words (local.get $hashes) (i32.const 0) (global.get $seen_hashes) (i32.const 0) (local.get $size))
  (array.copy $Words $Words (local.get $digests) (i32.const 0) (global.get $seen_digests) (i32.const 0) (local.get $size))
  (global.set $seen (local.get $objects))
  (global.set $seen_hashes (local.get $hashes))
  (global.set $seen_digests (local.get $digests)))

;; --- objects ---

(func $digest_object (param $index i32) (result i32)
  (local $object (ref $Object)) (local $digest i32)
  (local.set $object (call $seen_at (local.get $index)))
  (local.set $digest (call $mix
    (call $digest_of (call $class_at (struct.get $Object $classIndex (local.get $object))))
    (i32.and (array.get $Words (global.get $seen_hashes) (local.get $index)) (i32.const 0x400000))))
  (block $next (result (ref $Object))
    (return_call $digest_context (local.get $digest)
      (br_on_cast_fail $next (ref $Object) (ref $Context) (local.get $object))))
  (drop)
  (block $next (result (ref $Object))
    (return_call $digest_closure (local.get $digest)
      (br_on_cast_fail $next (ref $Object) (ref $BlockClosure) (local.get $object))))
  (drop)
  (block $next (result (ref $Object))
    (return_call $digest_method (local.get $digest)
      (br_on_cast_fail $next (ref $Object) (ref $CompiledMethod) (local.get $object))))
  (drop)
  (block $next (result (ref $Object))
    (return_call $digest_bytes (local.get $digest) (struct.get $ByteObject $bytes
      (br_on_cast_fail $next (ref $Object) (ref $ByteObject) (local.get $object)))))
  (drop)
  (if (ref.test (ref $WeakIndexed) (local.get $object))
    (then (return_call $digest_slots
      (call $mix (local.get $digest) (call $slot_count (local.get $object)))
      (local.get $object) (call $named_slots (local.get $object)))))
  (if (i32.or (ref.test (ref $Fixed0) (local.get $object)) (ref.test (ref $Indexed) (local.get $object)))
    (then (return_call $digest_slots (local.get $digest) (local.get $object) (call $slot_count (local.get $object)))))
  (return_call $digest_numbers (local.get $digest) (local.get $object)))

(func $digest_slots (param $digest i32) (param $object (ref $Object)) (param $count i32) (result i32)
  (local $i i32)
  (local.set $digest (call $mix (local.get $digest) (local.get $count)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $count)))
      (local.set $digest (call $mix (local.get $digest) (call $digest_of (call $slot_get (local.get $object) (local.get $i)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (local.get $digest))

(func $digest_array (param $digest i32) (param $slots (ref $Slots)) (param $count i32) (result i32)
  (local $i i32)
  (if (i32.gt_u (local.get $count) (array.len (local.get $slots)))
    (then (local.set $count (array.len (local.get $slots)))))
  (local.set $digest (call $mix (local.get $digest) (local.get $count)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $count)))
      (local.set $digest (call $mix (local.get $digest)
        (call $digest_of (array.get $Slots (local.get $slots) (local.get $i)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (local.get $digest))

(func $digest_bytes (param $digest i32) (param $bytes (ref $Bytes)) (result i32)
  (local $i i32)
  (local.set $digest (call $mix (local.get $digest) (array.len (local.get $bytes))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $bytes))))
      (local.set $digest (call $mix (local.get $digest) (array.get_u $Bytes (local.get $bytes) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (local.get $digest))

(func $digest_method (param $digest i32) (param $method (ref $CompiledMethod)) (result i32)
  (return_call $digest_bytes
    (call $digest_array
      (call $mix (local.get $digest) (struct.get $CompiledMethod $methodHeader (local.get $method)))
      (struct.get $CompiledMethod $literals (local.get $method))
      (array.len (struct.get $CompiledMethod $literals (local.get $method))))
    (struct.get $CompiledMethod $bytes (local.get $method))))

(func $digest_closure (param $digest i32) (param $closure (ref $BlockClosure)) (result i32)
  (local.set $digest (call $mix (local.get $digest) (struct.get $BlockClosure $startpc (local.get $closure))))
  (local.set $digest (call $mix (local.get $digest) (struct.get $BlockClosure $numArgs (local.get $closure))))
  (local.set $digest (call $digest_array (local.get $digest) (struct.get $BlockClosure $copied (local.get $closure))
    (array.len (struct.get $BlockClosure $copied (local.get $closure)))))
  (if (ref.is_null (struct.get $BlockClosure $outer (local.get $closure))) (then (return (local.get $digest))))
  (local.set $digest (call $mix (local.get $digest) (call $digest_of (call $closure_method (local.get $closure)))))
  (return_call $mix (local.get $digest) (call $digest_of (call $closure_receiver (local.get $closure)))))

(func $digest_context (param $digest i32) (param $context (ref $Context)) (result i32)
  (local.set $digest (call $mix (local.get $digest) (call $digest_of (struct.get $Context $method (local.get $context)))))
  (local.set $digest (call $mix (local.get $digest) (call $digest_of (struct.get $Context $closure (local.get $context)))))
  (local.set $digest (call $mix (local.get $digest) (call $digest_of (struct.get $Context $receiver (local.get $context)))))
  (if (call $is_block_context (local.get $context))
    (then (local.set $digest (call $mix (local.get $digest)
      (call $digest_of (call $block_context_slot_get (local.get $context) (i32.const 5)))))))
  (local.set $digest (call $mix (local.get $digest) (struct.get $Context $pc (local.get $context))))
  (if (i32.lt_s (struct.get $Context $pc (local.get $context)) (i32.const 0)) (then (return (local.get $digest))))
  (local.set $digest (call $mix (local.get $digest) (call $digest_of (struct.get $Context $sender (local.get $context)))))
  (return_call $digest_array (local.get $digest) (struct.get $Context $slots (local.get $context))
    (struct.get $Context $sp (local.get $context))))

;; Floats and the shapes of wider numbers.
(func $digest_numbers (param $digest i32) (param $object (ref $Object)) (result i32)
  (local $words (ref $Words)) (local $shorts (ref $Shorts)) (local $doubles (ref $DoubleWords)) (local $i i32)
  (block $next (result (ref $Object))
    (return_call $mix_long (local.get $digest) (i64.reinterpret_f64 (struct.get $Float $value
      (br_on_cast_fail $next (ref $Object) (ref $Float) (local.get $object))))))
  (drop)
  (block $next (result (ref $Object))
    (local.set $words (struct.get $WordObject $words
      (br_on_cast_fail $next (ref $Object) (ref $WordObject) (local.get $object))))
    (loop $each
      (if (i32.ge_u (local.get $i) (array.len (local.get $words)))
        (then (return_call $mix (local.get $digest) (local.get $i))))
      (local.set $digest (call $mix (local.get $digest) (array.get $Words (local.get $words) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $each))
    (unreachable))
  (drop)
  (block $next (result (ref $Object))
    (local.set $shorts (struct.get $ShortObject $shorts
      (br_on_cast_fail $next (ref $Object) (ref $ShortObject) (local.get $object))))
    (loop $each
      (if (i32.ge_u (local.get $i) (array.len (local.get $shorts)))
        (then (return_call $mix (local.get $digest) (local.get $i))))
      (local.set $digest (call $mix (local.get $digest) (array.get_u $Shorts (local.get $shorts) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $each))
    (unreachable))
  (drop)
  (block $next (result (ref $Object))
    (local.set $doubles (struct.get $DoubleWordObject $doubleWords
      (br_on_cast_fail $next (ref $Object) (ref $DoubleWordObject) (local.get $object))))
    (loop $each
      (if (i32.ge_u (local.get $i) (array.len (local.get $doubles)))
        (then (return_call $mix (local.get $digest) (local.get $i))))
      (local.set $digest (call $mix_long (local.get $digest) (array.get $DoubleWords (local.get $doubles) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $each))
    (unreachable))
  (drop)
  (local.get $digest))

(func $mix_long (param $digest i32) (param $value i64) (result i32)
  (return_call $mix
    (call $mix (local.get $digest) (i32.wrap_i64 (local.get $value)))
    (i32.wrap_i64 (i64.shr_u (local.get $value) (i64.const 32)))))

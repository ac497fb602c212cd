;; Sends: from class and selector to code. The caches in front of the image's MethodDictionaries, super sends,
;; doesNotUnderstand:, perform:. Whatever changes methods or classes calls $flush_method_caches.

;; Increases whenever methods found before may no longer be right.
(global $method_epoch (mut i32) (i32.const 0))

;; One direct-mapped cache per argument count. A key is class index << 17 | selector id; what does not fit is not cached.
;; -1 is no key.
;;@repeat 0 2
(global $cache_keys_@n (ref $Words) (array.new $Words (i32.const -1) (i32.const 8192)))
(global $cache_code_@n (ref $CodeCache@n) (array.new_default $CodeCache@n (i32.const 8192)))
(global $cache_mask_@n i32 (i32.const 8191))
;;@end
;;@repeat 3 15
(global $cache_keys_@n (ref $Words) (array.new $Words (i32.const -1) (i32.const 1024)))
(global $cache_code_@n (ref $CodeCache@n) (array.new_default $CodeCache@n (i32.const 1024)))
(global $cache_mask_@n i32 (i32.const 1023))
;;@end

;; Methods by class index and selector id, for all argument counts: the interpreter's cache, and behind the others.
(global $method_cache_keys (ref $Words) (array.new $Words (i32.const -1) (i32.const 8192)))
(global $method_cache (ref $Slots) (array.new_default $Slots (i32.const 8192)))

(func $flush_method_caches
;;@repeat 0 15
  (array.fill $Words (global.get $cache_keys_@n) (i32.const 0) (i32.const -1) (array.len (global.get $cache_keys_@n)))
;;@end
  (array.fill $Words (global.get $method_cache_keys) (i32.const 0) (i32.const -1) (i32.const 8192))
  (array.fill $Words (global.get $super_keys) (i32.const 0) (i32.const -1) (i32.const 8192))
  (call $forget_access)
  (global.set $plain_square_root (i32.const 0))
  (global.set $plain_as_float (i32.const 0))
  (call $forget_predictions)
  (global.set $method_epoch (i32.add (global.get $method_epoch) (i32.const 1))))

;; -1 when it cannot be cached.
(func $cache_key (param $classIndex i32) (param $selector i32) (result i32)
  (if (i32.or (i32.ge_u (local.get $classIndex) (i32.const 0x7FFF)) (i32.ge_u (local.get $selector) (i32.const 0x20000)))
    (then (return (i32.const -1))))
  (i32.or (i32.shl (local.get $classIndex) (i32.const 17)) (local.get $selector)))

;; --- the image's own dictionaries ---

;; The method in the class or its nearest superclass; null when there is none.
(func $find_method (param $class eqref) (param $selector eqref) (result eqref)
  (local $hash i32) (local $behavior (ref $Fixed3)) (local $found eqref)
  (local.set $hash (call $identity_hash (local.get $selector)))
  (block $not_class (result eqref)
    (loop $up
      (local.set $behavior (br_on_cast_fail $not_class eqref (ref $Fixed3) (local.get $class)))
      (local.set $found (call $method_in (struct.get $Fixed3 $slot1 (local.get $behavior))
        (local.get $selector) (local.get $hash)))
      (if (i32.eqz (ref.is_null (local.get $found))) (then (return (local.get $found))))
      (local.set $class (struct.get $Fixed3 $slot0 (local.get $behavior)))
      (br $up))
    (unreachable))
  (drop)
  (ref.null eq))

;; A MethodDictionary is tally, array of values, then the keys: open addressing by the selector's identity hash.
(func $method_in (param $dictionary eqref) (param $selector eqref) (param $hash i32) (result eqref)
  (local $slots (ref $Slots)) (local $mask i32) (local $index i32) (local $left i32) (local $key eqref)
  (block $none (result eqref)
    (local.set $slots (struct.get $Indexed $slots
      (br_on_cast_fail $none eqref (ref $Indexed) (local.get $dictionary))))
    (local.set $left (i32.sub (array.len (local.get $slots)) (i32.const 2)))
    (if (i32.le_s (local.get $left) (i32.const 0)) (then (return (ref.null eq))))
    (local.set $mask (i32.sub (local.get $left) (i32.const 1)))
    (local.set $index (i32.and (local.get $hash) (local.get $mask)))
    (loop $probe
      (local.set $key (array.get $Slots (local.get $slots) (i32.add (local.get $index) (i32.const 2))))
      (if (ref.eq (local.get $key) (local.get $selector))
        (then (return_call $slot_get (array.get $Slots (local.get $slots) (i32.const 1)) (local.get $index))))
      (if (ref.is_null (local.get $key)) (then (return (ref.null eq))))
      (local.set $index (i32.and (i32.add (local.get $index) (i32.const 1)) (local.get $mask)))
      (br_if $probe (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (return (ref.null eq)))
  (drop)
  (ref.null eq))

;; By class index and selector id: a CompiledMethod, another object that stands for one, or null.
(func $method_for (param $classIndex i32) (param $selector i32) (result eqref)
  (local $key i32) (local $index i32) (local $method eqref)
  (local.set $key (call $cache_key (local.get $classIndex) (local.get $selector)))
  (local.set $index (i32.and (i32.xor (local.get $classIndex) (i32.mul (local.get $selector) (i32.const 0x9E3779B1)))
    (i32.const 8191)))
  (if (i32.ne (local.get $key) (i32.const -1))
    (then (if (i32.eq (local.get $key) (array.get $Words (global.get $method_cache_keys) (local.get $index)))
      (then (return (array.get $Slots (global.get $method_cache) (local.get $index)))))))
;;@if INSTRUMENTED
  (call $count_miss)
;;@endif
  (local.set $method (call $find_method (call $class_at (local.get $classIndex)) (call $selector_at (local.get $selector))))
  (array.set $Words (global.get $method_cache_keys) (local.get $index) (local.get $key))
  (array.set $Slots (global.get $method_cache) (local.get $index) (local.get $method))
  (local.get $method))

;; --- lookup ---

;;@repeat 0 15
;; The code that runs when the selector is sent to the receiver with @n arguments.
(func $lookup_@n (param $receiver eqref) (param $selector i32) (result (ref $Code@n))
  (local $class i32) (local $index i32)
  (local.set $class (call $class_index_of (local.get $receiver)))
  (local.set $index (i32.and (global.get $cache_mask_@n)
    (i32.xor (local.get $class) (i32.mul (local.get $selector) (i32.const 0x9E3779B1)))))
  (if (i32.eq (array.get $Words (global.get $cache_keys_@n) (local.get $index))
        (i32.or (i32.shl (local.get $class) (i32.const 17)) (local.get $selector)))
    (then (return (ref.as_non_null (array.get $CodeCache@n (global.get $cache_code_@n) (local.get $index))))))
  (return_call $lookup_miss_@n (local.get $receiver) (local.get $selector) (local.get $class) (local.get $index)))

(func $lookup_miss_@n (param $receiver eqref) (param $selector i32) (param $class i32) (param $index i32)
    (result (ref $Code@n))
  (local $code (ref $Code@n))
;;@if INSTRUMENTED
  (call $count_miss)
;;@endif
  (local.set $code (call $code_for_@n (call $method_for (local.get $class) (local.get $selector)) (local.get $receiver)))
  (array.set $Words (global.get $cache_keys_@n) (local.get $index)
    (call $cache_key (local.get $class) (local.get $selector)))
  (array.set $CodeCache@n (global.get $cache_code_@n) (local.get $index) (local.get $code))
  (local.get $code))

;; For whatever a lookup found.
(func $code_for_@n (param $found eqref) (param $receiver eqref) (result (ref $Code@n))
  (block $other (result eqref)
    (return_call $code_for_method_@n
      (br_on_cast_fail $other eqref (ref $CompiledMethod) (local.get $found)) (local.get $receiver)))
  (if (ref.is_null) (then (return (ref.func $does_not_understand_@n))))
  (ref.func $run_with_in_@n))

;; Translated code where there is some and it fits the receiver; the interpreter's entry otherwise.
(func $code_for_method_@n (param $method (ref $CompiledMethod)) (param $receiver eqref) (result (ref $Code@n))
  (if (i32.ne (struct.get $CompiledMethod $numArgs (local.get $method)) (i32.const @n))
    (then (return (ref.func $does_not_understand_@n))))
  (if (i32.eqz (struct.get $CompiledMethod $code (local.get $method)))
    (then (return (ref.func $interpret_@n))))
  (if (i32.eqz (call $may_run_translated (local.get $method) (local.get $receiver)))
    (then (return (ref.func $interpret_@n))))
  (ref.cast (ref $Code@n) (table.get $code (struct.get $CompiledMethod $code (local.get $method)))))

(func $send_@n (type $Code@n) (param $receiver eqref) @each{(param $argument@i eqref) }(param $selector i32) (param $depth i32)
    (result eqref)
  (return_call_ref $Code@n (local.get $receiver) @each{(local.get $argument@i) }(local.get $selector) (local.get $depth)
    (call $lookup_@n (local.get $receiver) (local.get $selector))))

;; Stands in for a method that is missing.
(func $does_not_understand_@n (type $Code@n) (param $receiver eqref) @each{(param $argument@i eqref) }(param $selector i32)
    (param $depth i32) (result eqref)
  (return_call $not_understood_by (local.get $receiver) (local.get $selector)
    (array.new_fixed $Slots @n @each{(local.get $argument@i) }) (local.get $depth)))

;; Stands in for a method that is not a CompiledMethod: the object itself gets run:with:in:.
(func $run_with_in_@n (type $Code@n) (param $receiver eqref) @each{(param $argument@i eqref) }(param $selector i32)
    (param $depth i32) (result eqref)
  (return_call $run_with_in
    (call $method_for (call $class_index_of (local.get $receiver)) (local.get $selector))
    (local.get $receiver) (local.get $selector)
    (array.new_fixed $Slots @n @each{(local.get $argument@i) }) (local.get $depth)))
;;@end

;; --- what is not understood ---

;; The receiver's class has no method for the selector.
(func $not_understood_by (param $receiver eqref) (param $selector i32) (param $arguments (ref $Slots)) (param $depth i32)
    (result eqref)
  (return_call $handle_not_understood
    (call $method_for (call $class_index_of (local.get $receiver)) (global.get $selector_does_not_understand))
    (local.get $receiver) (local.get $selector) (local.get $arguments) (call $class_of (local.get $receiver))
    (local.get $depth)))

;; The lookup began in $class and found nothing.
(func $not_understood (param $receiver eqref) (param $selector i32) (param $arguments (ref $Slots)) (param $class eqref)
    (param $depth i32) (result eqref)
  (return_call $handle_not_understood
    (call $find_method (local.get $class) (call $selector_at (global.get $selector_does_not_understand)))
    (local.get $receiver) (local.get $selector) (local.get $arguments) (local.get $class) (local.get $depth)))

(func $handle_not_understood (param $method eqref) (param $receiver eqref) (param $selector i32)
    (param $arguments (ref $Slots)) (param $class eqref) (param $depth i32) (result eqref)
  (block $none (result eqref)
    (return_call $interpret_or_run_1
      (br_on_cast_fail $none eqref (ref $CompiledMethod) (local.get $method))
      (local.get $receiver)
      (call $new_message (call $selector_at (local.get $selector)) (local.get $arguments) (local.get $class))
      (global.get $selector_does_not_understand) (local.get $depth)))
  (drop)
  (return_call $cannot_continue (local.get $selector)))

(func $interpret_or_run_1 (param $method (ref $CompiledMethod)) (param $receiver eqref) (param $argument eqref)
    (param $selector i32) (param $depth i32) (result eqref)
  (if (i32.and (i32.ne (struct.get $CompiledMethod $code (local.get $method)) (i32.const 0))
        (call $may_run_translated (local.get $method) (local.get $receiver)))
    (then (return_call_ref $Code1 (local.get $receiver) (local.get $argument) (local.get $selector) (local.get $depth)
      (call $code_for_method_1 (local.get $method) (local.get $receiver)))))
  (return_call $interpret_method_1 (local.get $method) (local.get $receiver) (local.get $argument) (local.get $depth)))

(func $run_with_in (param $object eqref) (param $receiver eqref) (param $selector i32) (param $arguments (ref $Slots))
    (param $depth i32) (result eqref)
  (return_call $send_3 (local.get $object) (call $selector_at (local.get $selector))
    (call $new_array_with (local.get $arguments)) (local.get $receiver)
    (global.get $selector_run_with_in) (local.get $depth)))

(func $new_message (param $selector eqref) (param $arguments (ref $Slots)) (param $class eqref) (result eqref)
  (local $message eqref) (local $slots i32)
  (local.set $slots (i32.and (call $spec_of_index (global.get $class_index_message)) (i32.const 0xFFFF)))
  (if (i32.eq (local.get $slots) (i32.const 3))
    (then (return (struct.new $Fixed3 (global.get $class_index_message) (i32.const 0)
      (local.get $selector) (call $new_array_with (local.get $arguments)) (local.get $class)))))
  (local.set $message (call $new_fixed (local.get $slots) (global.get $class_index_message)))
  (call $slot_put (local.get $message) (i32.const 0) (local.get $selector))
  (call $slot_put (local.get $message) (i32.const 1) (call $new_array_with (local.get $arguments)))
  (call $slot_put (local.get $message) (i32.const 2) (local.get $class))
  (local.get $message))

;; Not even doesNotUnderstand: is understood: the image's own protocol cannot handle that.
(data $no_handler "doesNotUnderstand: is not understood by the receiver of ")
(func $cannot_continue (param $selector i32) (result eqref)
  (local $length i32)
  (memory.init $no_handler (i32.const 0) (i32.const 0) (i32.const 56))
  (local.set $length (call $string_to_memory (call $selector_at (local.get $selector)) (i32.const 56) (i32.const 1000)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (local.set $length (i32.const 0))))
  (return_call $begin_stop (i32.add (i32.const 56) (local.get $length))))

;; --- super sends ---

;; Two words per entry: receiver's class index << 17 | selector id, index of the class whose method says super.
(global $super_keys (ref $Words) (array.new $Words (i32.const -1) (i32.const 8192)))
(global $super_methods (ref $Slots) (array.new_default $Slots (i32.const 4096)))

;; The method that a super send means; null or another object as for $method_for.
(func $super_method_for (param $receiver eqref) (param $selector i32) (param $methodClass eqref) (result eqref)
  (local $key i32) (local $class i32) (local $index i32) (local $method eqref)
  (local.set $class (call $ensure_class_index (local.get $methodClass)))
  (local.set $key (call $cache_key (call $class_index_of (local.get $receiver)) (local.get $selector)))
  (local.set $index (i32.and (i32.const 4095)
    (i32.xor (i32.mul (local.get $key) (i32.const 0x9E3779B1)) (i32.mul (local.get $class) (i32.const 0x85EBCA6B)))))
  (if (i32.ne (local.get $key) (i32.const -1))
    (then
      (if (i32.and
            (i32.eq (local.get $key)
              (array.get $Words (global.get $super_keys) (i32.shl (local.get $index) (i32.const 1))))
            (i32.eq (local.get $class)
              (array.get $Words (global.get $super_keys) (i32.add (i32.shl (local.get $index) (i32.const 1)) (i32.const 1)))))
        (then (return (array.get $Slots (global.get $super_methods) (local.get $index)))))))
;;@if INSTRUMENTED
  (call $count_miss)
;;@endif
  (local.set $method (call $find_method (call $slot_get (local.get $methodClass) (i32.const 0))
    (call $selector_at (local.get $selector))))
  (array.set $Words (global.get $super_keys) (i32.shl (local.get $index) (i32.const 1)) (local.get $key))
  (array.set $Words (global.get $super_keys) (i32.add (i32.shl (local.get $index) (i32.const 1)) (i32.const 1))
    (local.get $class))
  (array.set $Slots (global.get $super_methods) (local.get $index) (local.get $method))
  (local.get $method))

;;@repeat 0 15
;; The selector is looked up from the superclass of $methodClass on.
(func $send_super_@n (param $receiver eqref) @each{(param $argument@i eqref) }(param $selector i32)
    (param $methodClass eqref) (param $depth i32) (result eqref)
  (local $found eqref) (local $method (ref $CompiledMethod))
  (local.set $found (call $super_method_for (local.get $receiver) (local.get $selector) (local.get $methodClass)))
  (block $other (result eqref)
    (local.set $method (br_on_cast_fail $other eqref (ref $CompiledMethod) (local.get $found)))
    (if (i32.ne (struct.get $CompiledMethod $numArgs (local.get $method)) (i32.const @n))
      (then (br $other (ref.null eq))))
    (if (struct.get $CompiledMethod $code (local.get $method))
      (then (if (call $may_run_translated (local.get $method) (local.get $receiver))
        (then (return_call_ref $Code@n (local.get $receiver) @each{(local.get $argument@i) }(local.get $selector)
          (local.get $depth)
          (ref.cast (ref $Code@n) (table.get $code (struct.get $CompiledMethod $code (local.get $method)))))))))
    (return_call $interpret_method_@n (local.get $method) (local.get $receiver) @each{(local.get $argument@i) }
      (local.get $depth)))
  (if (ref.is_null)
    (then (return_call $not_understood (local.get $receiver) (local.get $selector)
      (array.new_fixed $Slots @n @each{(local.get $argument@i) })
      (call $slot_get (local.get $methodClass) (i32.const 0)) (local.get $depth))))
  (return_call $run_with_in (local.get $found) (local.get $receiver) (local.get $selector)
    (array.new_fixed $Slots @n @each{(local.get $argument@i) }) (local.get $depth)))
;;@end

;; Object shapes: one struct type per way an object keeps its contents. See README.md for what each means.
;; The linker puts this file and activation.wat into one recursion group.

(type $Object (sub (struct
  (field $classIndex (mut i32))
  (field $hash (mut i32)))))

;; Fixed-size pointer objects: $Fixed<n> has n named slots inline.
(type $Fixed0 (sub $Object (struct
  (field $classIndex (mut i32)) (field $hash (mut i32)))))
;;@repeat 1 @MAX_FIXED
(type $Fixed@n (sub $Fixed@- (struct
  (field $classIndex (mut i32)) (field $hash (mut i32)) @each{(field $slot@i (mut eqref)) })))
;;@end

;; A JavaScript value that Smalltalk holds; its class has no slots. The engine collects cycles through it.
(type $Foreign (sub final $Fixed0 (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $value externref))))

;; Named slots first, then the indexable ones.
(type $Indexed (sub $Object (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $slots (mut (ref $Slots))))))

;; The indexable slots do not keep their objects alive: while they do not, they stand in $cells (runtime-wat/weak.wat).
(type $WeakIndexed (sub final $Indexed (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $slots (mut (ref $Slots)))
  (field $cells (mut (ref null $Slots))))))

(type $ByteObject (sub final $Object (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $bytes (mut (ref $Bytes))))))

(type $ShortObject (sub final $Object (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $shorts (mut (ref $Shorts))))))

(type $WordObject (sub final $Object (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $words (mut (ref $Words))))))

(type $DoubleWordObject (sub final $Object (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $doubleWords (mut (ref $DoubleWords))))))

;;@if WORD64
;; Numbers that are immediate in the image have identity by value there: no two references to them are told apart but
;; by $identical. Class index 1 (SmallInteger) or 4 (SmallFloat64); Floats with another one are ordinary objects.
(type $Number (sub $Object (struct
  (field $classIndex (mut i32)) (field $hash (mut i32)))))

(type $Float (sub final $Number (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $value (mut f64)))))

;; A SmallInteger beyond the range of i31.
(type $WideInteger (sub final $Number (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $value i64))))
;;@else
(type $Float (sub final $Object (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $value (mut f64)))))
;;@endif

(type $Character (sub final $Object (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $codePoint i32))))

;; Decoded at load or creation; $decode_method renews the decoded part when the header literal changes.
(type $CompiledMethod (sub final $Object (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $methodHeader (mut i32))               ;; the header SmallInteger as the image has it
  (field $literals (mut (ref $Slots)))          ;; literal frame without the header
  (field $bytes (mut (ref $Bytes)))             ;; bytecodes and trailer
  (field $numArgs (mut i32))
  (field $numTemps (mut i32))                   ;; arguments included
  (field $primitive (mut i32))                  ;; 0: none; 117: named, see $namedPrimitive
  (field $frameSize (mut i32))                  ;; 16 or 56 slots
  (field $namedPrimitive (mut i32))             ;; index into the named primitive table; -1 not resolved yet, -2 missing
  (field $code (mut i32))                       ;; index into table $code, 0: no translated code
  (field $shape (mut i32))                      ;; required shape of the receiver for $code
  (field $methodId (mut i32))                   ;; index into $methods, -1: made at run time
  (field $entries (mut (ref null $Words)))      ;; pc << 1 | kind, code index, ... for blocks and loop heads
  (field $selectorIds (mut (ref null $Words)))  ;; per literal: selector id + 1, 0 not asked yet
;;@if INSTRUMENTED
  (field $profile (mut (ref null $MethodProfile)))
;;@endif
  )))
